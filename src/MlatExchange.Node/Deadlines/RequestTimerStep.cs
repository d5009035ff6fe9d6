using MlatExchange.Domain;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Access;
using MlatExchange.Node.Requests;

namespace MlatExchange.Node.Deadlines;

/// <summary>
/// What is due in a sent request: terms that ended are recorded; an emergency order whose validation was refused or never came is withdrawn by a signed act, with the reason
/// counted out in words. Events, act and message stand in one append at the version that was read, so whatever runs this twice does it once.
/// </summary>
public sealed class RequestTimerStep(RequestDesk desk, DeadlineTables tables, Pseudonyms pseudonyms)
{
    public async Task Run(Guid id, CancellationToken cancellation)
    {
        var (work, now) = (desk.Work, desk.Work.Now);
        var request = await desk.Load(id, cancellation);
        if (request.State is not AssistanceRequest.Sent sent || RequestTimer.Next(sent, tables) is not { } due || due > now) return;
        var draft = sent.Request.Draft;
        var reason = RequestTimer.Withdraws(sent, now) is { } ground ? Reason(sent, ground) : null;
        var act = reason is null ? null : WithdrawalAct.Make(work, sent.Request, RequestTimer.Withdraws(sent, now)!.Value, reason);
        var node = new Official(pseudonyms.Of(RequestDesk.KeyOf(id), "node"), "node", draft.Facts.Issuer.Authority);
        var decision = RequestTimer.Fire(sent, tables, act?.Act.Digest.ToString(), node, now);
        var group = desk.Gather(id, request, decision, draft.Facts, sent.Request.Assessment.Summary.PackDigest, timed: true);
        if (act is not null) await act.Send(work, group, id, request, draft, reason!, cancellation);
        await work.Journal.TryAppend(group, cancellation);
    }

    private string Reason(AssistanceRequest.Sent sent, WithdrawalGround ground)
    {
        var watch = RequestTerms.Of(sent, tables).First(term => term.Deadline.Rule.Source == sent.Request.Assessment.Summary.Watch!.Rule);
        var said = ground == WithdrawalGround.ValidationRefused ? "The validating authority refused to validate the emergency order" : "The emergency order was not validated in time";
        return $"{said}. {DeadlineSentence.Of(watch.Deadline, "en")} The request is withdrawn and what was received is destroyed.";
    }
}

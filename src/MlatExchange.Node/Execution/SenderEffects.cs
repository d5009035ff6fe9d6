using System.Text;
using MlatExchange.Domain;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Execution;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Execution;

/// <summary>What the sender says about a request that is here: an answer to a question, a withdrawal, an extension, that production follows.</summary>
public sealed class SenderEffects(CaseWork work, DeadlineTables tables)
{
    /// <summary>The sender answers a question: the clock runs on.</summary>
    public Task<Effect> Answered(AcceptedMessage message, CancellationToken cancellation) =>
        On(message, request => new ReceiveClarification(message.Message.Digest.ToString(), message.At).Decide(request), cancellation, (id, request, group) =>
            group.Seal(AskClarificationEndpoint.TextOf("received", id, request.Dossier.Clarifications.Count - 1, "answer"), Encoding.UTF8.GetBytes(message.Text("answer") ?? "")));

    /// <summary>The sender takes its request back: from here on nothing is decided, offered or released.</summary>
    public Task<Effect> Withdrawn(AcceptedMessage message, CancellationToken cancellation)
    {
        var (act, body) = (message.Acts[0], (ActBody.Withdrawal)message.Acts[0].Body);
        return On(message, request => new ReceiveWithdrawal(act.Digest.ToString(), body.Withdraws.Digest.ToString(), body.Ground ?? "no-longer-needed", message.At).Decide(request), cancellation, reply: Standing);
    }

    /// <summary>The sender notifies the enforcing authority of its order (EEV 8(1)).</summary>
    public Task<Effect> Notified(AcceptedMessage message, CancellationToken cancellation)
    {
        var authority = CaseWord.Member(message, "authority")!.Value.GetString()!;
        return On(
            message,
            request => new ReceiveNotification(
                message.Message.Digest.ToString(), authority, work.Trust().Authority(request.Dossier.Received.Facts.Addressee.Jurisdiction, authority) is not null,
                CaseWord.RefsIn(message, "items"), message.At).Decide(request),
            cancellation);
    }

    /// <summary>The sender asks for enforcement (EEV 16(1)).</summary>
    public Task<Effect> EnforcementAsked(AcceptedMessage message, CancellationToken cancellation) => On(
        message, request => new ReceiveEnforcementRequest(message.Message.Digest.ToString(), CaseWord.RefsIn(message, "items"), message.At).Decide(request), cancellation,
        (id, _, group) => group.Seal(Requests.AskEnforcementEndpoint.ReasonOf("received", id), Encoding.UTF8.GetBytes(message.Text("reason") ?? "")));

    /// <summary>The sender has what is preserved preserved longer; the answer says how it stands.</summary>
    public Task<Effect> Extended(AcceptedMessage message, CancellationToken cancellation)
    {
        var (items, days) = (CaseWord.RefsIn(message, "items"), CaseWord.Member(message, "days")!.Value.GetInt32());
        return On(
            message, request => new ReceiveExtension(message.Message.Digest.ToString(), items, days, ReceivedTerms.Preserving(request, tables), message.At).Decide(request), cancellation, reply: Standing);
    }

    /// <summary>The sender says that production follows; where that came too late, the answer says so.</summary>
    public Task<Effect> ProductionFollows(AcceptedMessage message, CancellationToken cancellation)
    {
        var (items, production) = (CaseWord.RefsIn(message, "items"), CaseWord.Member(message, "production")?.GetProperty("digest").GetString());
        return On(
            message, request => new ReceiveProductionFollows(message.Message.Digest.ToString(), production, items, ReceivedTerms.Preserving(request, tables), message.At).Decide(request),
            cancellation, reply: Standing);
    }

    /// <summary>How everything that was spoken of stands after a word of the sender about it.</summary>
    private static MessageBody? Standing(ReceivedRequest.InHand after, Decision<ExecutionEvent> decision) =>
        after.Dossier.Preservation.Listed is { Count: > 0 } items
        && decision.Events.Any(e => e is ExecutionEvent.PreservationEnded or ExecutionEvent.PreservationExtended or ExecutionEvent.PreservationDenied or ExecutionEvent.ProductionAnnounced)
            ? PreservationWords.Status(after.Dossier.Received, items)
            : null;

    private async Task<Effect> On(
        AcceptedMessage message, Func<ReceivedRequest.InHand, Decision<ExecutionEvent>> decide, CancellationToken cancellation, Action<Guid, ReceivedRequest.InHand, Group>? keep = null,
        Func<ReceivedRequest.InHand, Decision<ExecutionEvent>, MessageBody?>? reply = null)
    {
        if (ReceivedDesk.IdOf(message.Thread.History.Case) is not { } id) return new Effect.Refused("word-on-unknown-request");
        var stream = ReceivedRequest.StreamName(id);
        var request = await work.Journal.Load<ReceivedRequest, ExecutionEvent>(stream, ReceivedRequest.Initial, ReceivedRequest.Evolve, cancellation);
        if (request.State is not ReceivedRequest.InHand inHand) return new Effect.Refused("word-on-unknown-request");
        var decision = decide(inHand);
        if (decision.RefusedBy is { } rule) return new Effect.Refused(rule.Slug);
        var codes = ReceivedDesk.Codes(inHand.Dossier.Received);
        var group = work.Journal.Begin(ReceivedDesk.KeyOf(id)).Add(stream, request.Version, decision, codes, ReceivedDesk.Committed(id, null));
        if (!group.IsEmpty) keep?.Invoke(id, inHand, group);
        var append = group.ToAppend();
        var answer = reply?.Invoke((ReceivedRequest.InHand)ReceivedDesk.After(inHand, decision), decision);
        return new Effect.Applied(ReceivedDesk.KeyOf(id))
        {
            Case = stream,
            Codes = codes,
            Streams = append.Streams,
            Vault = append.Vault,
            Replies = answer is null ? [] : [ReceivedDesk.Message(id, request, inHand.Dossier.Received, answer)],
        };
    }
}

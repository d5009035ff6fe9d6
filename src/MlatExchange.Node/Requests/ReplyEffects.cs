using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Execution;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Requests;

/// <summary>What the executing side says about a request of ours: acknowledgement, decision and objection.</summary>
public sealed class ReplyEffects(CaseWork work)
{
    public Task<Effect> Acknowledged(AcceptedMessage message, CancellationToken cancellation) =>
        On(message, request => new RecordAcknowledgement(message.Message.Digest.ToString(), ((MessageBody.Acknowledgement)message.Message.Body).Authority, message.At).Decide(request), cancellation);

    public Task<Effect> Decided(AcceptedMessage message, CancellationToken cancellation)
    {
        var act = message.Acts[0];
        var items = ((ActBody.Decision)act.Body).Items.Select(item => new ItemDecision(
            item.Ref,
            ItemOutcomes.Of(item.Outcome),
            item.Ground, item.Citation, [.. (item.Conditions ?? []).Select(condition => condition.Type)]));
        return On(message, request => new RecordDecision(act.Digest.ToString(), [.. items], message.At).Decide(request), cancellation);
    }

    /// <summary>The enforcing authority objects (EEV 12(1)): what came under the request is destroyed by itself.</summary>
    public Task<Effect> Objected(AcceptedMessage message, CancellationToken cancellation)
    {
        var (act, body) = (message.Acts[0], (ActBody.Objection)message.Acts[0].Body);
        return On(message, request => new RecordObjection(act.Digest.ToString(), body.ObjectsTo.Digest.ToString(), body.Ground, body.Citation, message.At).Decide(request), cancellation);
    }

    /// <summary>The executing side asks something; the question goes to the vault.</summary>
    public Task<Effect> Asked(AcceptedMessage message, CancellationToken cancellation)
    {
        return On(message, request => new RecordClarificationRequest(message.Message.Digest.ToString(), CaseWord.RefsIn(message, "items"), message.At).Decide(request), cancellation, (id, request, group) =>
            group.Seal(
                AskClarificationEndpoint.TextOf("request", id, (request as AssistanceRequest.Dispatched)?.Dispatch.Clarifications.Count ?? 0, "question"),
                System.Text.Encoding.UTF8.GetBytes(message.Text("question") ?? "")));
    }

    /// <summary>The executing side says that it cannot keep a term.</summary>
    public Task<Effect> Delayed(AcceptedMessage message, CancellationToken cancellation)
    {
        var (ground, until) = (CaseWord.Member(message, "ground")!.Value.GetString()!, CaseWord.Member(message, "until")?.GetDateTimeOffset());
        return On(message, request => new RecordDelay(message.Message.Digest.ToString(), ground, until, message.At).Decide(request), cancellation, (id, request, group) =>
            group.Seal(
                AnnounceDelayEndpoint.ReasonOf("request", id, (request as AssistanceRequest.Dispatched)?.Dispatch.Delays.Count ?? 0),
                System.Text.Encoding.UTF8.GetBytes(message.Text("reason") ?? "")));
    }

    /// <summary>The executing side says how what is to be preserved stands.</summary>
    public Task<Effect> PreservationStatus(AcceptedMessage message, CancellationToken cancellation) =>
        On(message, request => new RecordPreservationStatus(message.Message.Digest.ToString(), PreservationWords.Read(message), message.At).Decide(request), cancellation);

    private async Task<Effect> On(AcceptedMessage message, Func<AssistanceRequest, Decision<RequestEvent>> decide, CancellationToken cancellation, Action<Guid, AssistanceRequest, Group>? keep = null)
    {
        if (message.Thread.History.Case is not { } stream || !stream.StartsWith("request-", StringComparison.Ordinal)) return new Effect.Refused("reply-to-unknown-request");
        var request = await work.Journal.Load<AssistanceRequest, RequestEvent>(stream, AssistanceRequest.Initial, AssistanceRequest.Evolve, cancellation);
        if (RequestDesk.Draft(request.State) is not { } draft) return new Effect.Refused("reply-to-unknown-request");
        var decision = decide(request.State);
        if (decision.RefusedBy is { } rule) return new Effect.Refused(rule.Slug);
        var key = message.Thread.History.Key!;
        var codes = CaseCodes.Of(draft.Facts, draft.Facts.Addressee.Jurisdiction);
        var gathered = work.Journal.Begin(key).Add(stream, request.Version, decision, codes, new Dictionary<string, string> { ["messageDigest"] = message.Message.Digest.ToString() });
        if (!gathered.IsEmpty) keep?.Invoke(Guid.Parse(stream["request-".Length..]), request.State, gathered);
        var group = gathered.ToAppend();
        return new Effect.Applied(key) { Case = stream, Codes = codes, Streams = group.Streams, Vault = group.Vault };
    }
}

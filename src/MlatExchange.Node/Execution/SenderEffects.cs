using System.Text;
using MlatExchange.Domain;
using MlatExchange.Domain.Execution;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Execution;

/// <summary>What the sender says about a request that is here: an answer to a question, a withdrawal.</summary>
public sealed class SenderEffects(CaseWork work)
{
    /// <summary>The sender answers a question: the clock runs on.</summary>
    public Task<Effect> Answered(AcceptedMessage message, CancellationToken cancellation) =>
        On(message, request => new ReceiveClarification(message.Message.Digest.ToString(), message.At).Decide(request), cancellation, (id, request, group) =>
            group.Seal(AskClarificationEndpoint.TextOf("received", id, request.Dossier.Clarifications.Count - 1, "answer"), Encoding.UTF8.GetBytes(message.Text("answer"))));

    /// <summary>The sender takes its request back: from here on nothing is decided, offered or released.</summary>
    public Task<Effect> Withdrawn(AcceptedMessage message, CancellationToken cancellation)
    {
        var (act, body) = (message.Acts[0], (ActBody.Withdrawal)message.Acts[0].Body);
        return On(message, request => new ReceiveWithdrawal(act.Digest.ToString(), body.Withdraws.Digest.ToString(), body.Ground ?? "no-longer-needed", message.At).Decide(request), cancellation);
    }

    private async Task<Effect> On(
        AcceptedMessage message, Func<ReceivedRequest.InHand, Decision<ExecutionEvent>> decide, CancellationToken cancellation, Action<Guid, ReceivedRequest.InHand, Group>? keep = null)
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
        return new Effect.Applied(ReceivedDesk.KeyOf(id)) { Case = stream, Codes = codes, Streams = append.Streams, Vault = append.Vault };
    }
}

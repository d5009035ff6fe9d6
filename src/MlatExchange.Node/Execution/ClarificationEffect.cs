using System.Text;
using MlatExchange.Domain.Execution;
using MlatExchange.Node.Exchange;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Execution;

/// <summary>The sender answers a question: the clock runs on.</summary>
public sealed class ClarificationEffect(CaseWork work)
{
    public async Task<Effect> Of(AcceptedMessage message, CancellationToken cancellation)
    {
        if (ReceivedDesk.IdOf(message.Thread.History.Case) is not { } id) return new Effect.Refused("answer-to-unknown-request");
        var stream = ReceivedRequest.StreamName(id);
        var request = await work.Journal.Load<ReceivedRequest, ExecutionEvent>(stream, ReceivedRequest.Initial, ReceivedRequest.Evolve, cancellation);
        if (request.State is not ReceivedRequest.InHand inHand) return new Effect.Refused("answer-to-unknown-request");
        var decision = new ReceiveClarification(message.Message.Digest.ToString(), message.At).Decide(request.State);
        if (decision.RefusedBy is { } rule) return new Effect.Refused(rule.Slug);
        var codes = ReceivedDesk.Codes(inHand.Dossier.Received);
        var group = work.Journal.Begin(ReceivedDesk.KeyOf(id)).Add(stream, request.Version, decision, codes, ReceivedDesk.Committed(id, null));
        if (!group.IsEmpty) group.Seal(AskClarificationEndpoint.TextOf("received", id, inHand.Dossier.Clarifications.Count - 1, "answer"), Encoding.UTF8.GetBytes(Text(message, "answer")));
        var append = group.ToAppend();
        return new Effect.Applied(ReceivedDesk.KeyOf(id)) { Case = stream, Codes = codes, Streams = append.Streams, Vault = append.Vault };
    }

    /// <summary>The disclosed text of this name; empty where the sender showed none.</summary>
    public static string Text(AcceptedMessage message, string name) =>
        message.Disclosed.SelectMany(values => values).FirstOrDefault(value => value.Name == name)?.Value.GetString() ?? "";
}

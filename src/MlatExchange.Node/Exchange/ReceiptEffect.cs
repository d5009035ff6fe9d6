using MlatExchange.Domain.Requests;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Exchange;

/// <summary>
/// A receipt of the other side is recorded in the request it belongs to. Receipts for messages of other cases stay in the thread alone, where the
/// message they speak of is found by its digest. What arrived too late is said again.
/// </summary>
public sealed class ReceiptEffect(Journal journal, Reissue reissue)
{
    public async Task<Effect> Of(AcceptedMessage received, CancellationToken cancellation)
    {
        var receipt = (MessageBody.ReceiptOf)received.Message.Body;
        var history = received.Thread.History;
        if (!history.Sent.TryGetValue(receipt.Of.Seq, out var sent) || sent.Digest != receipt.Of.Digest.ToString() || sent.Jti != receipt.Of.Jti)
            return new Effect.Refused("receipt-for-nothing-sent");
        var key = history.Key ?? sent.Key;
        IReadOnlyList<Outgoing> again = receipt.Receipt == Protocol.Messages.ReceiptKind.Stale && await reissue.Of(sent, received.Counterpart, cancellation) is { } message ? [message] : [];
        if (sent.Case is not { } stream || !stream.StartsWith("request-", StringComparison.Ordinal))
            return new Effect.Applied(key) { Case = sent.Case, Replies = again };

        var request = await journal.Load<AssistanceRequest, RequestEvent>(stream, AssistanceRequest.Initial, AssistanceRequest.Evolve, cancellation);
        var kind = Enum.Parse<Domain.Requests.ReceiptKind>(receipt.Receipt.ToString());
        var decision = new RecordReceipt(kind, sent.Digest, receipt.Failure is { } failure ? $"{failure.Step} {failure.Rule}" : null, received.At).Decide(request.State);
        if (decision.RefusedBy is { } rule) return new Effect.Refused(rule.Slug);
        var group = journal.Begin(key).Add(stream, request.Version, decision, null, new Dictionary<string, string> { ["messageDigest"] = sent.Digest });
        var append = group.ToAppend();
        return new Effect.Applied(key) { Case = stream, Streams = append.Streams, Vault = append.Vault, Replies = again };
    }
}

using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Exchange;
using MlatExchange.Protocol.Messages;
using ReceiptKind = MlatExchange.Protocol.Messages.ReceiptKind;

namespace MlatExchange.Node.Transfers;

/// <summary>A delivery receipt for a destruction certificate also ends the transfer it certifies; every other receipt is the request's alone.</summary>
public sealed class CertificateReceipts(ReceiptEffect receipts, TransferDesk desk)
{
    public async Task<Effect> Of(AcceptedMessage message, CancellationToken cancellation)
    {
        var effect = await receipts.Of(message, cancellation);
        var receipt = (MessageBody.ReceiptOf)message.Message.Body;
        if (effect is not Effect.Applied applied || receipt.Receipt != ReceiptKind.Delivery || OfferEffect.RequestOf(message.Thread.History.Case) is not { } id) return effect;
        var act = message.Thread.History.Acts.FirstOrDefault(pair => pair.Value.Digest == receipt.Of.Digest.ToString()).Key;
        if (act is null || !message.Thread.History.Sent.TryGetValue(receipt.Of.Seq, out var sent) || sent.Kind != MessageKind.DestructionCertificate.Slug) return effect;

        var request = await desk.Request(id, cancellation);
        foreach (var transfer in request.Dispatch.Transfers)
        {
            var held = await desk.Held(transfer, cancellation);
            if (held.State is not HeldTransfer.Destroyed { Certificate.ActDigest: var certified } destroyed || certified != act) continue;
            var decision = new RecordCertificateReceipt(receipt.Of.Digest.ToString(), message.At).Decide(held.State);
            var append = desk.Gather(transfer, held, destroyed.Holding, request, decision).ToAppend();
            return applied with { Streams = [.. applied.Streams, .. append.Streams], Vault = [.. applied.Vault, .. append.Vault] };
        }
        return effect;
    }
}

using MlatExchange.Domain;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Execution;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Transfers;

/// <summary>What the holder says about a transfer of ours: acceptance and destruction certificate. The release of the share follows the acceptance by itself.</summary>
public sealed class SupplierEffects(TransferDesk desk)
{
    public Task<Effect> Accepted(AcceptedMessage message, CancellationToken cancellation)
    {
        var (act, body) = (message.Acts[0], (ActBody.ConditionsAccepted)message.Acts[0].Body);
        var repeats = new Domain.Transfers.OfferDigests(body.Offer.Digest.ToString(), body.ConditionsDigest.ToString(), body.TermsDigest.ToString());
        return On(message, body.Transfer, transfer => new ReceiveAcceptance(act.Digest.ToString(), repeats, body.TransferKey.Thumbprint, message.At).Decide(transfer), cancellation);
    }

    public Task<Effect> Certified(AcceptedMessage message, CancellationToken cancellation)
    {
        var (act, body) = (message.Acts[0], (ActBody.DestructionCertificate)message.Acts[0].Body);
        var copies = body.Items.SelectMany(item => item.Copies).ToLookup(copy => copy.Outcome);
        var counts = new CopyCounts(copies["destroyed"].Count(), copies["kept"].Count(), copies["unknown"].Count());
        return On(message, body.Transfer, transfer => new ReceiveCertificate(act.Digest.ToString(), counts, message.At).Decide(transfer), cancellation);
    }

    private async Task<Effect> On(AcceptedMessage message, string transfer, Func<SuppliedTransfer, Decision<SupplyEvent>> decide, CancellationToken cancellation)
    {
        var loaded = await desk.Supplied(transfer, cancellation);
        // Another thread's transfer is nobody's business here: a holder speaks of its own.
        if (TransferDesk.Package(loaded.State) is not { } package || message.Thread.History.Case != ReceivedRequest.StreamName(package.Received)) return new Effect.Refused("transfer-unknown");
        var received = await desk.Received(package.Received, cancellation);
        var decision = decide(loaded.State);
        if (decision.RefusedBy is { } rule) return new Effect.Refused(rule.Slug);
        var append = desk.Gather(transfer, loaded, package, received, decision).ToAppend();
        return new Effect.Applied(ReceivedDesk.KeyOf(package.Received))
        {
            Case = message.Thread.History.Case,
            Codes = TransferDesk.Codes(received.Dossier.Received, package.Items),
            Streams = append.Streams,
            Vault = append.Vault,
        };
    }
}

using System.Text.Json;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Execution;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Transfers;

/// <summary>Sends share B of every item to the transfer key of an accepted offer, by itself and once; a withdrawn request gets none.</summary>
public sealed class ReleaseKeyStep(TransferDesk desk)
{
    /// <returns>Whether there is nothing left to do for the transfer at the moment.</returns>
    public async Task<bool> Run(string transfer, CancellationToken cancellation)
    {
        var (work, loaded) = (desk.Work, await desk.Supplied(transfer, cancellation));
        if (loaded.State is not SuppliedTransfer.Accepted accepted) return true;
        var received = await desk.Received(accepted.Package.Received, cancellation);
        if (!SupplyTimer.Stands(received) || (await desk.Use(transfer, cancellation)).Withheld is not null) return true;
        var request = received.Dossier.Received;
        var acceptance = await AcceptOfferEndpoint.OfferAct(work, request.Thread, accepted.Acceptance.ActDigest, cancellation);
        if (await work.Vault.Open(TransferDesk.PreparedOf(transfer), cancellation) is not { } bytes) return true;
        var key = ((ActBody.ConditionsAccepted)acceptance.Body).TransferKey;
        var shares = JsonSerializer.Deserialize<PreparedBody>(bytes, StrictJson.Options)!.Items
            .Select(item => (item.Ref, Jwe: WrappedShare.WrapB(PreparedItems.Share(item), key, work.Random))).ToList();
        var items = shares.Select(share => new ReleasedItem(share.Ref, WrappedShare.DigestOf(share.Jwe))).ToList();
        var digest = Digest.Of(JsonSerializer.SerializeToUtf8Bytes(items, StrictJson.Options)).ToString();
        var decision = new ReleaseKey(digest, work.Now).Decide(loaded.State);
        if (decision.Events.Count == 0) return true;
        var group = desk.Gather(transfer, loaded, accepted.Package, received, decision);
        if (decision.Events.OfType<SupplyEvent.KeyReleased>().Any())
            await work.Send(group, request.Thread, cancellation, new Outgoing(new MessageBody.KeyRelease(transfer, acceptance.Ref, items), request.Sender, TransferDesk.KeyOf(transfer))
            {
                Case = ReceivedRequest.StreamName(accepted.Package.Received),
                Shares = [.. shares.Select(share => share.Jwe)],
                SharesKey = TransferDesk.KeyOf(transfer),
                Codes = TransferDesk.Codes(request, accepted.Package.Items),
            });
        return await work.Journal.TryAppend(group, cancellation);
    }
}

using System.Text;
using MlatExchange.Domain;
using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Evidence;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Requests;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Transfers;

/// <summary>
/// Carries out an ordered destruction step by step: started, key, sealed bytes, completed after the end of the epoch, certificate. Each step is recorded after it is done, and doing one again is no error,
/// so a crash anywhere resumes where it was.
/// </summary>
public sealed class EraseTransferStep(TransferDesk desk, KeyStore keys, EvidenceFiles files, FetchEvidenceStep fetch)
{
    /// <returns>Whether there is nothing left to do for the transfer at the moment.</returns>
    public async Task<bool> Run(string transfer, CancellationToken cancellation)
    {
        var held = await desk.Held(transfer, cancellation);
        if (held.State is not HeldTransfer.Known known || held.State.Progress is not { } progress) return true;
        var request = await desk.Request(known.Holding.Offer.Request, cancellation);
        var now = desk.Work.Now;
        Act? certificate = null;
        Decision<HoldingEvent> decision;
        switch (Erasure.Next(progress, now))
        {
            case ErasureStep.Start:
                decision = new StartErasure(now).Decide(held.State);
                break;
            case ErasureStep.DestroyKey:
                decision = new RecordKeyDestroyed(Millisecond(keys.Destroy(TransferDesk.KeyOf(transfer))), now).Decide(held.State);
                break;
            case ErasureStep.DeleteCiphertext:
                await fetch.Stop(transfer);
                await files.DeleteAll(transfer, cancellation);
                decision = new RecordCiphertextDeleted(now).Decide(held.State);
                break;
            case ErasureStep.Complete:
                keys.Roll(); // now at the latest the epoch's key is gone, also where no process ran when it ended: the instant recorded lies after that
                decision = new CompleteErasure(desk.Work.Now).Decide(held.State);
                break;
            case ErasureStep.SendCertificate:
                certificate = await Certificate((HeldTransfer.Destroyed)held.State, request, cancellation);
                if (certificate is null) return true;
                decision = new SendCertificate(certificate.Digest.ToString(), progress.Order.By, now).Decide(held.State);
                break;
            default:
                return true;
        }
        if (decision.Events.Count == 0) return true;
        var group = desk.Gather(transfer, held, known.Holding, request, decision);
        if (certificate is not null)
            await desk.Work.Send(group, request.Request.Draft.Thread, cancellation, new Outgoing(
                new MessageBody.Carrier(MessageKind.DestructionCertificate), known.Holding.Offer.Supplier, RequestDesk.KeyOf(known.Holding.Offer.Request))
            {
                Case = Domain.Requests.AssistanceRequest.StreamName(known.Holding.Offer.Request),
                Acts = [certificate],
                Codes = TransferDesk.Codes(request, known.Holding.Offer.Supplier, known.Holding.Offer.Items),
            });
        await desk.Work.Journal.TryAppend(group, cancellation);
        return false;
    }

    private async Task<Act?> Certificate(HeldTransfer.Destroyed destroyed, Domain.Requests.AssistanceRequest.Dispatched request, CancellationToken cancellation)
    {
        var (facts, offer) = (request.Request.Draft.Facts, destroyed.Holding.Offer);
        var offered = await AcceptOfferEndpoint.OfferAct(desk.Work, request.Request.Draft.Thread, offer.Offer.ActDigest, cancellation);
        List<DestroyedItem> items = [];
        foreach (var item in offer.Items) items.Add(new(item.Ref, await Copies(destroyed.Holding, item.Ref, cancellation)));
        var payload = ActPayload.Write(
            desk.Work.Core(facts.Issuer.Jurisdiction, facts.Issuer.Authority, offered.Issuer),
            new ActBody.DestructionCertificate(
                offer.Transfer, offered.Ref, items,
                Millisecond(destroyed.UnrecoverableFrom), destroyed.Order.By.Role));
        return desk.Work.SignAct(ActKind.DestructionCertificate, payload, facts.Issuer.Authority);
    }

    /// <summary>Every known copy; where one is kept, the reference stands in the signed record that said so, as long as the case's key lives.</summary>
    private async Task<List<DestroyedCopy>> Copies(Holding holding, string item, CancellationToken cancellation)
    {
        List<DestroyedCopy> copies = [];
        foreach (var copy in DeclaredCopies.Of(holding, item))
        {
            var told = copy is { State: CopyState.Kept, Record: { } digest } ? await desk.Work.Vault.Open(RecordCustodyEndpoint.RecordOf(holding.Offer.Transfer, digest), cancellation) : null;
            var reference = told is not null && CustodyRecord.TryRead(Encoding.ASCII.GetString(told), out var record) ? record.Reference : null;
            copies.Add(new(copy.Kind, copy.State switch { CopyState.Destroyed => "destroyed", CopyState.Kept => "kept", _ => "unknown" }, reference));
        }

        return copies;
    }

    private static DateTimeOffset Millisecond(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
}

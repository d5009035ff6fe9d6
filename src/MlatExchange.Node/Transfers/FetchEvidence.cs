using System.Net;
using System.Net.Http.Headers;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Ledger;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Transfers;

/// <summary>
/// Fetches the sealed bytes of an accepted offer from the supplier's node, in ranges that resume where an attempt ended. The bytes are checked against the offered digest
/// when all are here; what differs is removed and recorded.
/// </summary>
public sealed class FetchEvidenceStep(TransferDesk desk, EvidenceFiles files, FetchTokens tokens, NodeKeys keys, NodeIdentity node, IHttpClientFactory clients)
{
    /// <summary>Bytes asked for at once.</summary>
    private const long Part = 8 * 1024 * 1024;

    /// <returns>Whether there is nothing left to do for the transfer at the moment.</returns>
    public async Task<bool> Run(string transfer, CancellationToken cancellation)
    {
        var held = await desk.Held(transfer, cancellation);
        var accepted = held.State switch { HeldTransfer.Accepted s => s.Acceptance.ActDigest, HeldTransfer.UnderRetention s => await AcceptedAct(s.Holding, cancellation), _ => null };
        if (accepted is null || held.State is not HeldTransfer.InHand inHand) return true;
        if (inHand.Holding.Offer.Items.FirstOrDefault(item => !inHand.Holding.Fetched.Contains(item.Ref)) is not { } item) return true;
        if (desk.Work.Trust().NodeOf(inHand.Holding.Offer.Supplier) is not { } supplier) return true;
        if (!await Receipted(inHand.Holding, accepted, cancellation)) return false;

        await Download(transfer, item, supplier.Entity, supplier.BaseUrl, Digest.Parse(accepted), cancellation);
        var found = files.Digest(transfer, item.Ref).ToString();
        var request = await desk.Request(inHand.Holding.Offer.Request, cancellation);
        var again = await desk.Held(transfer, cancellation);
        var decision = new RecordFetched(item.Ref, files.Length(transfer, item.Ref), found, desk.Work.Now).Decide(again.State);
        if (decision.RefusedBy is not null) return true;
        if (await desk.Work.Journal.TryAppend(desk.Gather(transfer, again, inHand.Holding, request, decision), cancellation) && decision.Events.OfType<HoldingEvent.ItemRejected>().Any())
            files.Delete(transfer, item.Ref);
        return false;
    }

    private async Task<string?> AcceptedAct(Holding holding, CancellationToken cancellation) =>
        (await desk.Work.Journal.History<HoldingEvent>(TransferEvent.StreamName(holding.Offer.Transfer), cancellation))
            .Select(entry => entry.Event).OfType<HoldingEvent.Accepted>().LastOrDefault()?.ActDigest;

    /// <summary>Fetching begins once the supplier has the acceptance in its log: its delivery receipt says so.</summary>
    private async Task<bool> Receipted(Holding holding, string acceptedAct, CancellationToken cancellation)
    {
        var request = await desk.Request(holding.Offer.Request, cancellation);
        var thread = await desk.Work.Thread(request.Request.Draft.Thread, cancellation);
        return thread.History.Acts.TryGetValue(acceptedAct, out var message)
            && request.Dispatch.Receipts.Any(receipt => receipt.MessageDigest == message.Digest && receipt.Receipt == Domain.Requests.ReceiptKind.Delivery);
    }

    private async Task Download(string transfer, EvidenceItem item, string supplier, string baseUrl, Digest accepted, CancellationToken cancellation)
    {
        using var client = clients.CreateClient("evidence");
        var path = ServeEvidenceEndpoint.PathOf(transfer, item.Ref);
        var token = tokens.Token(keys.Token, node.Entity, supplier, transfer, item.Ref, accepted, desk.Work.Random);
        while (true)
        {
            var from = files.Length(transfer, item.Ref);
            var range = $"bytes={from}-{from + Part - 1}";
            using var request = new HttpRequestMessage(HttpMethod.Get, baseUrl.TrimEnd('/') + path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.TryAddWithoutValidation("Range", range);
            request.Headers.Add(FetchTokens.ProofHeader, tokens.Proof(keys.Token, node.Entity, path, range, token, desk.Work.Random));
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && from > 0) return; // all is here already
            response.EnsureSuccessStatusCode();
            if (response.Content.Headers.ContentRange is not { From: { } first, To: { } last, Length: { } total } || first != from) throw new HttpRequestException("The supplier answered another range.");
            await using var source = await response.Content.ReadAsStreamAsync(cancellation);
            await files.Write(transfer, item.Ref, from, last - first + 1, source, cancellation);
            if (last + 1 == total) return;
        }
    }
}

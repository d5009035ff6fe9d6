using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Evidence;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Ledger;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Transfers;

/// <summary>
/// Fetches the sealed bytes of an accepted offer from the supplier's node, in ranges that resume where an attempt ended, beside all other work: bytes of hours hold up no key and no
/// destruction. They are hashed as they come; what differs from the offer is removed and recorded, and asked for again later.
/// </summary>
public sealed partial class FetchEvidenceStep(
    TransferDesk desk, EvidenceFiles files, FetchTokens tokens, NodeKeys keys, NodeIdentity node, IHttpClientFactory clients, TimeProvider clock, ILogger<FetchEvidenceStep> log)
{
    /// <summary>Transfers fetched at once; the rest wait.</summary>
    private const int AtOnce = 4;

    /// <summary>Bytes asked for at once: each range is an event at the supplier, and a supplier that stops a transfer stops it between two of them.</summary>
    private const long SmallestPart = 8L * 1024 * 1024;
    private const long LargestPart = 1024L * 1024 * 1024;

    /// <summary>A supplier that sends nothing for so long has gone away.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, Run> runs = new(StringComparer.Ordinal);

    private sealed record Run(Task Task, CancellationTokenSource Cancel, int Failures, DateTimeOffset NotBefore);

    /// <summary>Sees to it that the transfer's bytes are being fetched.</summary>
    /// <returns>True: nothing is left for the caller to do.</returns>
    public bool Start(string transfer, CancellationToken stopping)
    {
        var failures = 0;
        if (runs.TryGetValue(transfer, out var last))
        {
            if (!last.Task.IsCompleted || clock.GetUtcNow() < last.NotBefore) return true;
            failures = last.Failures;
            last.Cancel.Dispose();
        }
        if (runs.Values.Count(run => !run.Task.IsCompleted) >= AtOnce) return true;
        var cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        runs[transfer] = new(Task.Run(() => Fetch(transfer, failures, cancel), CancellationToken.None), cancel, failures, default);
        return true;
    }

    /// <summary>Ends the fetching of a transfer; no byte is written when this returns.</summary>
    public async Task Stop(string transfer)
    {
        if (!runs.TryRemove(transfer, out var run)) return;
        await run.Cancel.CancelAsync();
        await run.Task;
    }

    /// <summary>Until nothing is being fetched; the node is stopping.</summary>
    public Task Ended() => Task.WhenAll(runs.Values.Select(run => run.Task));

    private async Task Fetch(string transfer, int failures, CancellationTokenSource cancel)
    {
        try
        {
            if (!await Whole(transfer, cancel.Token)) Later(transfer, 0, TimeSpan.FromMilliseconds(200));
            else if (runs.TryRemove(transfer, out var run)) run.Cancel.Dispose();
        }
        catch (Exception failure)
        {
            if (!cancel.IsCancellationRequested) Failed(failure is HttpRequestException { StatusCode: { } status } ? $"{failure.GetType().Name} {(int)status}" : failure.GetType().Name);
            Later(transfer, failures + 1, TimeSpan.FromMilliseconds(Math.Min(60_000, 200 << Math.Min(failures, 9))));
        }
    }

    private void Later(string transfer, int failures, TimeSpan wait)
    {
        if (runs.TryGetValue(transfer, out var run)) runs.TryUpdate(transfer, run with { Failures = failures, NotBefore = clock.GetUtcNow() + wait }, run);
    }

    /// <returns>Whether there is nothing left to fetch at the moment.</returns>
    private async Task<bool> Whole(string transfer, CancellationToken cancellation)
    {
        while (true)
        {
            var held = await desk.Held(transfer, cancellation);
            var accepted = held.State switch { HeldTransfer.Accepted s => s.Acceptance.ActDigest, HeldTransfer.UnderRetention s => await AcceptedAct(s.Holding, cancellation), _ => null };
            if (accepted is null || held.State is not HeldTransfer.InHand inHand) return true;
            if (inHand.Holding.Offer.Items.FirstOrDefault(item => !inHand.Holding.Fetched.Contains(item.Ref)) is not { } item) return true;
            if ((await desk.Use(transfer, cancellation)).Withheld is not null) return true;
            if (desk.Work.Trust().NodeOf(inHand.Holding.Offer.Supplier) is not { } supplier) return true;
            if (!await Receipted(inHand.Holding, accepted, cancellation)) return false;
            await One(transfer, item, inHand.Holding, supplier.Entity, supplier.BaseUrl, Digest.Parse(accepted), cancellation);
        }
    }

    private async Task One(string transfer, EvidenceItem item, Holding holding, string supplier, string baseUrl, Digest accepted, CancellationToken cancellation)
    {
        var found = item.Digest; // of a file that has this name
        if (!await files.IsKept(transfer, item.Digest, cancellation))
        {
            using var file = files.Begin(transfer, item.Ref) ?? throw new IOException("Another process of this node fetches the item.");
            await Download(file, transfer, item, supplier, baseUrl, accepted, cancellation);
            found = await files.Settle(file, transfer, item.Ref, item.Digest, cancellation);
        }
        while (true)
        {
            var request = await desk.Request(holding.Offer.Request, cancellation);
            var again = await desk.Held(transfer, cancellation);
            var decision = new RecordFetched(item.Ref, EvidenceFiles.SealedLength(item.Size), found, desk.Work.Now).Decide(again.State);
            if (decision.RefusedBy is not null)
            {
                // Destroyed meanwhile, by another process of this node: what came after goes too.
                if (again.State is not HeldTransfer.InHand) await files.DeleteAll(transfer, cancellation);
                throw new OperationCanceledException("The transfer takes no more bytes.");
            }
            if (!await desk.Work.Journal.TryAppend(desk.Gather(transfer, again, holding, request, decision), cancellation)) continue;
            if (!decision.Events.OfType<HoldingEvent.ItemRejected>().Any()) return;
            files.Discard(transfer, item.Ref);
            throw new InvalidDataException("The supplier served other bytes than it offered.");
        }
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

    private async Task Download(IncomingFile file, string transfer, EvidenceItem item, string supplier, string baseUrl, Digest accepted, CancellationToken cancellation)
    {
        using var client = clients.CreateClient("evidence");
        var path = ServeEvidenceEndpoint.PathOf(transfer, item.Ref);
        var size = EvidenceFiles.SealedLength(item.Size);
        var part = Math.Clamp(size / 64, SmallestPart, LargestPart);
        while (file.Length < size)
        {
            // A token holds for ten minutes and a range may take longer than that: it is asked for at the start alone.
            var token = tokens.Token(keys.Token, node.Entity, supplier, transfer, item.Ref, accepted, desk.Work.Random);
            var from = file.Length;
            var range = $"bytes={from}-{Math.Min(size, from + part) - 1}";
            using var request = new HttpRequestMessage(HttpMethod.Get, baseUrl.TrimEnd('/') + path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.TryAddWithoutValidation("Range", range);
            request.Headers.Add(FetchTokens.ProofHeader, tokens.Proof(keys.Token, node.Entity, path, range, token, desk.Work.Random));
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            response.EnsureSuccessStatusCode();
            if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange is not { From: { } first, To: { } last, Length: { } total } || first != from || last < first || last >= size)
                throw new HttpRequestException("The supplier answered another range.");
            // A supplier whose item has another length than it offered cannot have the offered digest: take what it has, the digest tells.
            if (total < size) size = total;
            await using var source = new PatientStream(await response.Content.ReadAsStreamAsync(cancellation), Silence, cancellation);
            var came = await files.Append(file, transfer, item.Ref, source, Math.Min(last - first + 1, size - from), null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (came == 0) throw new HttpRequestException("The supplier sent nothing.");
            if (file.Length < size && (await desk.Held(transfer, cancellation)).State is not HeldTransfer.InHand) throw new OperationCanceledException("The transfer takes no more bytes.");
        }
    }

    [LoggerMessage(EventId = 4301, Level = LogLevel.Warning, Message = "Sealed bytes could not be fetched ({Fault}); tried again later from where it stopped")]
    private partial void Failed(string fault);
}

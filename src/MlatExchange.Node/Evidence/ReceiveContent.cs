using Microsoft.AspNetCore.Http.HttpResults;
using MlatExchange.Domain;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Transfers;

namespace MlatExchange.Node.Evidence;

/// <summary>Takes sealed bytes from the supplying authority's tool, whichever way they come: by <c>PUT</c> or by tus. Both end in the same item.</summary>
public sealed class ReceiveContent(TransferDesk desk, EvidenceFiles files)
{
    /// <summary>An item whose bytes are awaited.</summary>
    /// <param name="Size">Bytes of the sealed item.</param>
    /// <param name="Stored">All bytes are here and recorded.</param>
    /// <param name="ReleaseBy">After this it can no longer be offered.</param>
    public sealed record Awaited(string Transfer, EvidenceItem Item, long Size, bool Stored, DateTimeOffset ReleaseBy);

    /// <summary>The item, or why its bytes cannot be taken in.</summary>
    public async Task<(Awaited? Item, IResult? Refused)> Find(HttpContext http, string transfer, string item)
    {
        Awaited? found = null;
        var answer = await desk.OnSupplied(http, transfer, (loaded, package, _) =>
        {
            if (StoreContent.Refusal(loaded.State, item) is { } rule) return Task.FromResult(Attempt.Answer(rule == TransferRules.NoSuchItem ? Problem.NotFound() : Problem.Of(rule)));
            var described = package.Items.First(known => known.Ref == item);
            var stored = ((SuppliedTransfer.Prepared)loaded.State).Content.GetValueOrDefault(item) is { Complete: true };
            found = new(transfer, described, EvidenceFiles.SealedLength(described.Size), stored, package.ReleaseBy);
            return Task.FromResult(Attempt.Answer(Results.Empty));
        });
        return found is null ? (null, answer) : (found, null);
    }

    /// <summary>Bytes that are durable.</summary>
    public async Task<long> Offset(Awaited item, CancellationToken cancellation) =>
        item.Stored ? item.Size : await files.Received(item.Transfer, item.Item.Ref, item.Item.Digest, cancellation);

    /// <summary>Records a complete item, or that it is not the described one and goes. Done again after a crash it ends in the same; null when the item is stored.</summary>
    public async Task<IResult?> Settle(HttpContext http, Awaited item, IncomingFile? file)
    {
        // Without a file the whole item is kept under its digest already: a crash came between that and the record of it.
        var found = file is null ? item.Item.Digest : await files.Settle(file, item.Transfer, item.Item.Ref, item.Item.Digest, http.RequestAborted);
        var rejected = false;
        var answer = await desk.OnSupplied(http, item.Transfer, (loaded, package, received) =>
        {
            var decision = new StoreContent(item.Item.Ref, item.Size, found, desk.Work.Now).Decide(loaded.State);
            if (decision.RefusedBy is { } rule) return Task.FromResult(Attempt.Answer(Problem.Of(rule)));
            rejected = decision.Events.OfType<SupplyEvent.ContentRejected>().Any();
            return Task.FromResult(Attempt.Write(desk.Gather(item.Transfer, loaded, package, received, decision), loaded.Version, _ => Results.Empty));
        });
        if (rejected) file?.Delete();
        return rejected ? Problem.Of(StatusCodes.Status422UnprocessableEntity, "digest-differs", "The bytes do not have the digest that was described; start the upload again.")
            : answer is EmptyHttpResult ? null
            : answer;
    }

    /// <summary>409: bytes are stored in order, without a gap.</summary>
    public static IResult WrongOffset() =>
        Problem.Of(StatusCodes.Status409Conflict, "wrong-offset", "Bytes are stored in order: they begin where the stored ones end, and stay inside the item. HEAD tells where.");

    /// <summary>423: one call at a time writes an item.</summary>
    public static IResult Locked() => Problem.Of(StatusCodes.Status423Locked, "upload-locked", "Another call is writing this item; ask for the offset and go on when it has ended.");

    /// <summary>507: what was durable stays.</summary>
    public static IResult Full() =>
        Problem.Of(StatusCodes.Status507InsufficientStorage, "storage-full", "There is no room for the rest. What came is kept: go on from the offset once there is room.");
}

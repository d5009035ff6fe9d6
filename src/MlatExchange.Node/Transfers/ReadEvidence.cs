using System.Text.Json;
using MlatExchange.Domain.Requests;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Evidence;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;

namespace MlatExchange.Node.Transfers;

/// <summary><c>GET /api/transfers/{id}/items/{ref}/content</c> and <c>…/key</c>: what the requesting prosecutor's tool needs to open an item on its own machine.</summary>
public static class ReadEvidenceEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/transfers/{id}/items/{itemRef}/content", Content).For(Role.RequestingProsecutor).DisableRequestTimeout()
            .WithTags("Transfers").WithSummary("The sealed bytes; ranges are honoured");
        routes.MapGet("/api/transfers/{id}/items/{itemRef}/key", Key).For(Role.RequestingProsecutor)
            .WithTags("Transfers").WithSummary("Both wrapped shares; 409 before release, 410 after destruction");
    }

    private static async Task<IResult> Content(HttpContext http, string id, string itemRef, TransferDesk desk, EvidenceFiles files)
    {
        string? digest = null;
        var answer = await desk.OnHeld(http, id, async (loaded, known, request) =>
        {
            if (known.Holding.Item(itemRef) is not { } item) return Attempt.Answer(Problem.NotFound());
            if (Gone(loaded.State, request, desk.Work.Now) is { } gone) return Attempt.Answer(gone);
            if ((await desk.Use(id, http.RequestAborted)).Withheld is { } withheld) return Attempt.Answer(Problem.Of(withheld));
            if (!known.Holding.Fetched.Contains(itemRef)) return Attempt.Answer(Problem.Of(StatusCodes.Status409Conflict, "not-fetched", "The sealed bytes are not here yet."));
            digest = item.Digest;
            return Attempt.Answer(Results.Empty);
        });
        if (digest is null) return answer;
        if (await files.Length(id, digest, http.RequestAborted) is not { } total) return Problem.NotFound();
        if (ByteRange.Of(http, total) is not { } range) return ByteRange.Outside(http, total);
        await using var source = await files.Open(id, digest, range.From, range.Length, http.RequestAborted);
        await range.Send(http, source, total);
        return Results.Empty;
    }

    private static Task<IResult> Key(HttpContext http, string id, string itemRef, TransferDesk desk) => desk.OnHeld(http, id, async (loaded, known, request) =>
    {
        if (known.Holding.Offer.Items.Select((item, at) => (item, at)).FirstOrDefault(pair => pair.item.Ref == itemRef) is not { item: { } item }) return Attempt.Answer(Problem.NotFound());
        if (Gone(loaded.State, request, desk.Work.Now) is { } gone) return Attempt.Answer(gone);
        if (loaded.State is HeldTransfer.Offered or HeldTransfer.Accepted)
            return Attempt.Answer(Problem.Of(StatusCodes.Status409Conflict, "not-released", "The supplier has not released its share."));
        if ((await desk.Use(id, http.RequestAborted)).Withheld is { } withheld) return Attempt.Answer(Problem.Of(withheld));
        var wrapped = await desk.Work.Vault.Open($"transfer/{id}/wrapped-shares", http.RequestAborted);
        var released = await desk.Work.Vault.Open(ShareEffect.ReleasedOf(id), http.RequestAborted);
        if (wrapped is null || released is null) return Attempt.Answer(Problem.Gone("transfer-destroyed", "The transfer's key was destroyed."));
        var share = JsonSerializer.Deserialize<string[]>(wrapped)!.First(jwe => Protocol.Sealing.WrappedShare.DigestOf(jwe).ToString() == item.WrappedShareDigest);
        return Attempt.Answer(Results.Json(new { wrappedShare = share, releasedShare = JsonSerializer.Deserialize<Dictionary<string, string>>(released)![itemRef] }));
    });

    private static IResult? Gone(HeldTransfer transfer, AssistanceRequest.Dispatched request, DateTimeOffset now) =>
        transfer is HeldTransfer.Erasing or HeldTransfer.Destroyed or HeldTransfer.Certified or HeldTransfer.Lapsed ? Problem.Gone("transfer-destroyed", "The transfer was destroyed or lapsed.")
        : HoldingTimer.MayUse(request, now) ? null
        : Problem.Gone("use-restricted", "The request was withdrawn or objected to: what came under it may not be used and is destroyed.");
}

using MlatExchange.Node.Http;
using MlatExchange.Node.Oversight;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Node.Ledger;

/// <summary>
/// The log as C2SP tlog-tiles serves it, under <c>/log</c>: checkpoint and hashes for anyone, entry bundles (the leaves themselves) for oversight. What a tile path
/// names never changes, so it may be kept for ever; the checkpoint may not.
/// </summary>
public static class LogRoutes
{
    private const string ForEver = "max-age=31536000, immutable";

    // Beyond this a log of 2^63 - 1 leaves has no tile, and places would not fit a long.
    private const long LastTile = long.MaxValue / Tile.FullWidth;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/log/checkpoint", Checkpoint).AllowAnonymous().WithTags("Log").WithSummary("Newest signed checkpoint (C2SP tlog-checkpoint)");
        routes.MapGet("/log/tile/{**path}", Hashes).AllowAnonymous().WithTags("Log").WithSummary("A tile of hashes (C2SP tlog-tiles)");
        routes.MapGet("/log/tile/entries/{**path}", Entries).ForOversight().WithTags("Log").WithSummary("An entry bundle (C2SP tlog-tiles)");
    }

    private static async Task<IResult> Checkpoint(HttpContext http, LogReader log)
    {
        http.Response.Headers.CacheControl = "no-cache";
        return await log.Checkpoint(http.RequestAborted) is { } checkpoint ? Results.Text(checkpoint.Note, "text/plain", System.Text.Encoding.UTF8) : Problem.NotFound();
    }

    private static async Task<IResult> Hashes(HttpContext http, string path, LogReader log)
    {
        if (!Tile.TryParse($"tile/{path}", out var tile, out var width) || tile.Index > LastTile || await log.Tile(tile, width, http.RequestAborted) is not { } hashes) return Problem.NotFound();
        http.Response.Headers.CacheControl = $"public, {ForEver}";
        return Results.Bytes(hashes, "application/octet-stream");
    }

    private static async Task<IResult> Entries(HttpContext http, string path, LogReader log)
    {
        if (!EntryBundle.TryParse($"tile/entries/{path}", out var bundle, out var width) || bundle > LastTile || await log.Leaves(bundle, width, http.RequestAborted) is not { } leaves) return Problem.NotFound();
        http.Response.Headers.CacheControl = $"private, {ForEver}";
        return Results.Bytes(EntryBundle.Write(leaves), "application/octet-stream");
    }
}

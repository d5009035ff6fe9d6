using Microsoft.Net.Http.Headers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Evidence;
using MlatExchange.Node.Http;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Transfers;

/// <summary>
/// <c>PUT /api/transfers/{id}/items/{ref}/content</c>: sealed bytes, whole or one <c>Content-Range</c> part at a time. What came is durable, also of a part that broke off; when the
/// last byte came the digest of the whole decides. <c>…/upload</c> tells how far an upload got. Resumable upload by tus ends in the same item (<see cref="TusUploads"/>).
/// </summary>
public static class StoreContentEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/api/transfers/{id}/items/{itemRef}/content", Handle).For(Role.ExecutingProsecutor).DisableRequestTimeout()
            .WithTags("Transfers").WithSummary("Upload sealed bytes, whole or in parts").WithMetadata(new Microsoft.AspNetCore.Mvc.DisableRequestSizeLimitAttribute());
        routes.MapMethods("/api/transfers/{id}/items/{itemRef}/upload", ["HEAD", "GET"], Offset).For(Role.ExecutingProsecutor)
            .WithTags("Transfers").WithSummary("How many bytes of an upload are durable");
    }

    private static async Task<IResult> Handle(HttpContext http, string id, string itemRef, ReceiveContent content, EvidenceFiles files)
    {
        if (!SealingContext.IsItemRef(itemRef)) return Problem.NotFound();
        if (http.Request.ContentLength is not > 0) return Problem.Of(StatusCodes.Status411LengthRequired, "length-required", "Content-Length states the bytes of the part.");
        if (Part(http, out var from, out var length, out var total) is { } wrong) return wrong;
        var (awaited, refused) = await content.Find(http, id, itemRef);
        if (awaited is null) return refused!;
        if (total != awaited.Size || from > total - length) return ReceiveContent.WrongOffset();
        if (awaited.Stored) return Results.NoContent();
        if (await files.IsKept(id, awaited.Item.Digest, http.RequestAborted)) return await content.Settle(http, awaited, null) ?? Results.NoContent();
        using var file = files.Begin(id, itemRef);
        if (file is null) return ReceiveContent.Locked();
        if (from > file.Length) return ReceiveContent.WrongOffset();
        try
        {
            if (!await Skip(http, Math.Min(length, file.Length - from))) return Incomplete();
            await files.Append(file, id, itemRef, http.Request.Body, Math.Max(0, from + length - file.Length), null, http.RequestAborted);
        }
        catch (StoreFullException)
        {
            return ReceiveContent.Full();
        }
        if (file.Length < from + length) return Incomplete();
        return file.Length < total ? Results.NoContent() : await content.Settle(http, awaited, file) ?? Results.NoContent();
    }

    private static async Task<IResult> Offset(HttpContext http, string id, string itemRef, ReceiveContent content)
    {
        var (awaited, refused) = await content.Find(http, id, itemRef);
        if (awaited is null) return refused!;
        var offset = await content.Offset(awaited, http.RequestAborted);
        http.Response.Headers["Upload-Offset"] = offset.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Results.Json(new { offset, total = awaited.Size });
    }

    /// <summary>Passes over what is durable already.</summary>
    private static async Task<bool> Skip(HttpContext http, long bytes)
    {
        var buffer = new byte[64 * 1024];
        while (bytes > 0)
        {
            var read = await http.Request.Body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, bytes)), http.RequestAborted);
            if (read == 0) return false;
            bytes -= read;
        }
        return true;
    }

    private static IResult Incomplete() =>
        Problem.Of(StatusCodes.Status400BadRequest, "part-incomplete", "Fewer bytes came than Content-Length says; what came is kept, send the part again.");

    private static IResult? Part(HttpContext http, out long from, out long length, out long total)
    {
        (from, length, total) = (0, http.Request.ContentLength!.Value, http.Request.ContentLength!.Value);
        if (http.Request.Headers.ContentRange.Count == 0) return null;
        if (!ContentRangeHeaderValue.TryParse(http.Request.Headers.ContentRange.ToString(), out var range) || range.From is not { } first || range.To is not { } last || range.Length is not { } all
            || last - first + 1 != length)
            return Problem.Of(StatusCodes.Status400BadRequest, "content-range", "Content-Range is 'bytes first-last/total' and agrees with Content-Length.");
        (from, total) = (first, all);
        return null;
    }
}

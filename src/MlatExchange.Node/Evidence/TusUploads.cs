using System.Globalization;
using System.Text;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Evidence;

/// <summary>
/// Resumable upload, tus 1.0.0 (core, creation, checksum, termination, expiration) at <c>/api/uploads</c>. An upload <i>is</i> an item of a prepared transfer, named in
/// <c>Upload-Metadata</c> by <c>transfer</c> and <c>item</c>, so nothing is stored about uploads: the offset is what lies on disk, and it outlives the process.
/// </summary>
public static class TusUploads
{
    private const string Version = "1.0.0";
    private const string Extensions = "creation,checksum,termination,expiration";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/api/uploads", ["OPTIONS"], Options).AllowAnonymous().WithTags("Uploads").WithSummary("What this server can do (tus 1.0.0)");
        routes.MapPost("/api/uploads", Create).For(Role.ExecutingProsecutor).WithTags("Uploads").WithSummary("Begin the resumable upload of an item (tus 1.0.0)");
        routes.MapMethods("/api/uploads/{id}/{itemRef}", ["HEAD"], Offset).For(Role.ExecutingProsecutor).DisableRequestTimeout()
            .WithTags("Uploads").WithSummary("How many bytes are durable");
        routes.MapMethods("/api/uploads/{id}/{itemRef}", ["PATCH"], Append).For(Role.ExecutingProsecutor).DisableRequestTimeout()
            .WithTags("Uploads").WithSummary("Append bytes at the offset").WithMetadata(new Microsoft.AspNetCore.Mvc.DisableRequestSizeLimitAttribute());
        routes.MapDelete("/api/uploads/{id}/{itemRef}", Terminate).For(Role.ExecutingProsecutor).WithTags("Uploads").WithSummary("Give up an upload");
        // A client behind a proxy that knows no PATCH names its method in a header.
        routes.MapPost("/api/uploads/{id}/{itemRef}", Overridden).For(Role.ExecutingProsecutor).DisableRequestTimeout()
            .WithTags("Uploads").WithSummary("The same, with the method in X-HTTP-Method-Override").WithMetadata(new Microsoft.AspNetCore.Mvc.DisableRequestSizeLimitAttribute());
    }

    private static IResult Options(HttpContext http)
    {
        var headers = http.Response.Headers;
        (headers["Tus-Resumable"], headers["Tus-Version"], headers["Tus-Extension"], headers["Tus-Checksum-Algorithm"]) = (Version, Version, Extensions, UploadChecksum.Algorithms);
        return Results.NoContent();
    }

    private static async Task<IResult> Create(HttpContext http, ReceiveContent content, IncompleteEvidence incomplete)
    {
        if (Unknown(http) is { } unknown) return unknown;
        var metadata = Metadata(http.Request.Headers["Upload-Metadata"].ToString());
        if (metadata.GetValueOrDefault("transfer") is not { } transfer || metadata.GetValueOrDefault("item") is not { } item)
            return Problem.Of(StatusCodes.Status400BadRequest, "upload-metadata", "Upload-Metadata names 'transfer' and 'item', each value in base64.");
        if (Number(http, "Upload-Length") is not { } length) return Problem.Of(StatusCodes.Status400BadRequest, "upload-length", "Upload-Length states the bytes of the sealed item.");
        if (await Find(http, content, transfer, item) is not { Item: { } awaited } found) return Problem.NotFound();
        if (found.Refused is not null) return found.Refused;
        if (length != awaited.Size)
            return Problem.Of(length > awaited.Size ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest, "upload-length", "The sealed item has another length: the size it was described with decides.");
        var offset = await content.Offset(awaited, http.RequestAborted);
        if (incomplete.LacksRoom(awaited.Size - offset)) return ReceiveContent.Full();
        Tell(http, awaited, offset, incomplete);
        http.Response.Headers.Location = $"/api/uploads/{transfer}/{item}";
        return Results.StatusCode(StatusCodes.Status201Created);
    }

    private static async Task<IResult> Offset(HttpContext http, string id, string itemRef, ReceiveContent content, EvidenceFiles files, IncompleteEvidence incomplete)
    {
        if (Unknown(http) is { } unknown) return unknown;
        var (awaited, refused) = await Find(http, content, id, itemRef);
        if (awaited is null) return refused!;
        var offset = await content.Offset(awaited, http.RequestAborted);
        // The last byte came, and then the node or the line died before the item was recorded.
        if (offset == awaited.Size && !awaited.Stored && await Late(http, content, files, awaited) is not null) offset = await content.Offset(awaited, http.RequestAborted);
        Tell(http, awaited, offset, incomplete);
        http.Response.Headers["Upload-Length"] = awaited.Size.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["Upload-Metadata"] = $"transfer {Convert.ToBase64String(Encoding.ASCII.GetBytes(id))},item {Convert.ToBase64String(Encoding.ASCII.GetBytes(itemRef))}";
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok();
    }

    private static async Task<IResult> Append(HttpContext http, string id, string itemRef, ReceiveContent content, EvidenceFiles files, IncompleteEvidence incomplete)
    {
        if (Unknown(http) is { } unknown) return unknown;
        if (http.Request.ContentType != "application/offset+octet-stream")
            return Problem.Of(StatusCodes.Status415UnsupportedMediaType, "upload-content-type", "The body of a PATCH is application/offset+octet-stream.");
        if (Number(http, "Upload-Offset") is not { } from) return Problem.Of(StatusCodes.Status400BadRequest, "upload-offset", "Upload-Offset states where the bytes belong.");
        if (!UploadChecksum.TryRead(http.Request.Headers["Upload-Checksum"].ToString(), out var checksum)) return UploadChecksum.Unreadable();
        using var _ = checksum;
        var (awaited, refused) = await Find(http, content, id, itemRef);
        if (awaited is null) return refused!;
        if (await content.Offset(awaited, http.RequestAborted) == awaited.Size) return Done(http, awaited, from, incomplete, awaited.Stored ? null : await Late(http, content, files, awaited));
        using var file = files.Begin(id, itemRef);
        if (file is null) return ReceiveContent.Locked();
        if (from != file.Length) return ReceiveContent.WrongOffset();
        if (http.Request.ContentLength > awaited.Size - from) return TooLong();
        try
        {
            var came = await files.Append(file, id, itemRef, http.Request.Body, awaited.Size - from, checksum is null ? null : checksum.Append, http.RequestAborted);
            if (checksum is not null && (!checksum.Holds() || came < http.Request.ContentLength))
            {
                file.CutTo(from);
                return UploadChecksum.Differs();
            }
        }
        catch (StoreFullException)
        {
            if (checksum is not null) file.CutTo(from);
            return ReceiveContent.Full();
        }
        if (file.Length < awaited.Size)
        {
            Tell(http, awaited, file.Length, incomplete);
            return Results.NoContent();
        }
        if (await content.Settle(http, awaited, file) is { } failed) return failed;
        Tell(http, awaited with { Stored = true }, awaited.Size, incomplete);
        return Results.NoContent();
    }

    private static async Task<IResult> Terminate(HttpContext http, string id, string itemRef, ReceiveContent content, EvidenceFiles files)
    {
        if (Unknown(http) is { } unknown) return unknown;
        var (awaited, refused) = await Find(http, content, id, itemRef);
        if (awaited is null) return refused!;
        if (await content.Offset(awaited, http.RequestAborted) == awaited.Size) return Problem.Of(StatusCodes.Status409Conflict, "upload-complete", "All bytes are here: what is stored goes with its transfer.");
        return files.Discard(id, itemRef) ? Results.NoContent() : ReceiveContent.Locked();
    }

    private static Task<IResult> Overridden(HttpContext http, string id, string itemRef, ReceiveContent content, EvidenceFiles files, IncompleteEvidence incomplete) =>
        http.Request.Headers["X-HTTP-Method-Override"].ToString() switch
        {
            "PATCH" => Append(http, id, itemRef, content, files, incomplete),
            "HEAD" => Offset(http, id, itemRef, content, files, incomplete),
            "DELETE" => Terminate(http, id, itemRef, content, files),
            _ => Task.FromResult(Problem.Of(StatusCodes.Status405MethodNotAllowed, "method-override", "X-HTTP-Method-Override names PATCH, HEAD or DELETE.")),
        };

    /// <summary>The item; an upload of another authority's case is as unknown as one that does not exist.</summary>
    private static async Task<(ReceiveContent.Awaited? Item, IResult? Refused)> Find(HttpContext http, ReceiveContent content, string transfer, string item)
    {
        if (!SealingContext.IsTransfer(transfer) || !SealingContext.IsItemRef(item)) return (null, Problem.NotFound());
        var (awaited, refused) = await content.Find(http, transfer, item);
        return refused is IStatusCodeHttpResult { StatusCode: StatusCodes.Status403Forbidden } ? (null, Problem.NotFound()) : (awaited, refused);
    }

    private static async Task<IResult?> Late(HttpContext http, ReceiveContent content, EvidenceFiles files, ReceiveContent.Awaited awaited)
    {
        if (await files.IsKept(awaited.Transfer, awaited.Item.Digest, http.RequestAborted)) return await content.Settle(http, awaited, null);
        using var file = files.Begin(awaited.Transfer, awaited.Item.Ref);
        return file is null ? ReceiveContent.Locked() : await content.Settle(http, awaited, file);
    }

    private static IResult Done(HttpContext http, ReceiveContent.Awaited awaited, long from, IncompleteEvidence incomplete, IResult? failed)
    {
        if (failed is not null) return failed;
        if (from != awaited.Size) return ReceiveContent.WrongOffset();
        Tell(http, awaited with { Stored = true }, awaited.Size, incomplete);
        return Results.NoContent();
    }

    private static void Tell(HttpContext http, ReceiveContent.Awaited awaited, long offset, IncompleteEvidence incomplete)
    {
        http.Response.Headers["Upload-Offset"] = offset.ToString(CultureInfo.InvariantCulture);
        if (!awaited.Stored) http.Response.Headers["Upload-Expires"] = incomplete.Expires(awaited).ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>Every answer names the version; a caller of another one is refused.</summary>
    private static IResult? Unknown(HttpContext http)
    {
        http.Response.Headers["Tus-Resumable"] = Version;
        if (http.Request.Headers["Tus-Resumable"] == Version) return null;
        http.Response.Headers["Tus-Version"] = Version;
        return Problem.Of(StatusCodes.Status412PreconditionFailed, "tus-version", "Tus-Resumable: 1.0.0 is needed.");
    }

    private static IResult TooLong() => Problem.Of(StatusCodes.Status413PayloadTooLarge, "over-length", "More bytes than the sealed item has.");

    private static long? Number(HttpContext http, string header) =>
        long.TryParse(http.Request.Headers[header].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Pairs of key and base64 value, separated by commas; what cannot be read is left out.</summary>
    private static Dictionary<string, string> Metadata(string header)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        Span<byte> bytes = stackalloc byte[64];
        foreach (var pair in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split(' ') is not [var key, { Length: <= 64 } value]) continue;
            if (Convert.TryFromBase64String(value, bytes, out var written)) found[key] = Encoding.UTF8.GetString(bytes[..written]);
        }
        return found;
    }
}

using Microsoft.Net.Http.Headers;
using MlatExchange.Domain;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Transfers;

/// <summary>
/// <c>PUT /api/transfers/{id}/items/{ref}/content</c>: sealed bytes, whole or one <c>Content-Range</c> part at a time. A part counts once it is on disk; when the last one came
/// the digest of the whole decides. <c>HEAD</c> tells how far an upload got.
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

    private static async Task<IResult> Handle(HttpContext http, string id, string itemRef, TransferDesk desk, EvidenceFiles files)
    {
        if (!SealingContext.IsItemRef(itemRef)) return Problem.NotFound();
        if (http.Request.ContentLength is not > 0) return Problem.Of(StatusCodes.Status411LengthRequired, "length-required", "Content-Length states the bytes of the part.");
        if (Part(http, out var from, out var length, out var total) is { } wrong) return wrong;
        Rule? refusal = null;
        var checkedFirst = await desk.OnSupplied(http, id, (loaded, _, _) =>
        {
            refusal = StoreContent.Refusal(loaded.State, itemRef, from, length, total);
            return Task.FromResult(Attempt.Answer(refusal is null ? Results.Ok() : Problem.Of(refusal)));
        });
        if (checkedFirst is not Microsoft.AspNetCore.Http.HttpResults.Ok) return checkedFirst;
        if (files.Length(id, itemRef) < from + length)
        {
            var written = await files.Write(id, itemRef, from, length, http.Request.Body, http.RequestAborted);
            if (written < length) return Problem.Of(StatusCodes.Status400BadRequest, "part-incomplete", "Fewer bytes came than Content-Length says; send the part again.");
        }
        var found = from + length == total ? files.Digest(id, itemRef).ToString() : null;
        return await desk.OnSupplied(http, id, (loaded, package, received) =>
        {
            var decision = new StoreContent(itemRef, from, length, total, found, desk.Work.Now).Decide(loaded.State);
            if (decision.RefusedBy is { } rule) return Task.FromResult(Attempt.Answer(Problem.Of(rule)));
            var rejected = decision.Events.OfType<SupplyEvent.ContentRejected>().Any();
            return Task.FromResult(Attempt.Write(desk.Gather(id, loaded, package, received, decision), loaded.Version, _ =>
            {
                if (!rejected) return Results.NoContent();
                files.Delete(id, itemRef);
                return Problem.Of(StatusCodes.Status422UnprocessableEntity, "digest-differs", "The bytes do not have the digest that was described; start the upload again.");
            }));
        });
    }

    private static Task<IResult> Offset(HttpContext http, string id, string itemRef, TransferDesk desk) => desk.OnSupplied(http, id, (loaded, package, _) =>
    {
        if (package.Items.All(item => item.Ref != itemRef)) return Task.FromResult(Attempt.Answer(Problem.NotFound()));
        var stored = (loaded.State as SuppliedTransfer.Prepared)?.Content.GetValueOrDefault(itemRef);
        http.Response.Headers["Upload-Offset"] = (stored?.Bytes ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Task.FromResult(Attempt.Answer(Results.Json(new { offset = stored?.Bytes ?? 0, total = stored?.Total })));
    });

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

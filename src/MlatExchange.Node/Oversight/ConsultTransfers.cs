using MlatExchange.Node.Http;

namespace MlatExchange.Node.Oversight;

/// <summary>
/// <c>GET /api/oversight/transfers</c>: pages of transfer records; <c>/count</c>: how many; <c>/export</c>: all of them, streamed. Each answer is a consultation that is
/// recorded before it is given out, and names the checkpoint it was computed at.
/// </summary>
public static class ConsultTransfersEndpoint
{
    private static readonly string[] Known = [TransferFormats.Json, TransferFormats.Csv, TransferFormats.Lines], Exported = [.. Known, TransferFormats.Fhir];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/oversight/transfers", Page).ForOversight().WithTags("Oversight").WithSummary("Query transfer records");
        routes.MapGet("/api/oversight/transfers/count", Count).ForOversight().WithTags("Oversight").WithSummary("Count transfer records");
        routes.MapGet("/api/oversight/transfers/export", Export).ForOversight().WithTags("Oversight").WithSummary("Export transfer records, streamed");
    }

    private static async Task<IResult> Page(HttpContext http, TransferPages pages, Consultations consultations)
    {
        var (purpose, unstated) = StatedPurpose.Read(http.Request.Headers);
        if (unstated is not null) return unstated;
        if (Accepted.Of(http.Request, Known) is not { } format) return TransferFormats.None(Known);
        var (filter, faulty) = TransferFilter.Read(http.Request.Query);
        if (faulty is not null) return faulty;
        return await pages.Read(filter!, http.RequestAborted) is { } page
            ? await consultations.Answer(http, purpose!, filter!.Given, page.Rows.Count, query => TransferFormats.Write(http, format, page, query))
            : Behind(http);
    }

    private static async Task<IResult> Count(HttpContext http, TransferPages pages, Consultations consultations)
    {
        var (purpose, unstated) = StatedPurpose.Read(http.Request.Headers);
        if (unstated is not null) return unstated;
        var (filter, faulty) = TransferFilter.Read(http.Request.Query);
        if (faulty is not null) return faulty;
        if (await pages.Count(filter!, http.RequestAborted) is not { } count) return Behind(http);
        var asked = Consultations.Asked(filter!.Given, "count", "true");
        return await consultations.Answer(http, purpose!, asked, 0, query => Results.Json(
            new { count = count.Count, position = count.Position, checkpoint = CheckpointView.Of(count.Checkpoint), asOf = count.Now, consultation = query.Consultation, query = query.Id }, TransferFormats.WithNulls));
    }

    private static async Task<IResult> Export(HttpContext http, Snapshots snapshots, Consultations consultations)
    {
        var (purpose, unstated) = StatedPurpose.Read(http.Request.Headers);
        if (unstated is not null) return unstated;
        if (Accepted.Of(http.Request, Exported) is not { } format) return TransferFormats.None(Exported);
        var (filter, faulty) = TransferFilter.Read(http.Request.Query.Where(pair => pair.Key is not ("limit" or "cursor")));
        if (faulty is not null) return faulty;
        if (await snapshots.Open(http.RequestAborted) is not { } snapshot) return Behind(http);
        TransferExport? export = null;
        try
        {
            var count = await TransferPages.Count(filter!, snapshot, http.RequestAborted);
            var asked = Consultations.Asked(filter!.Given, "export", format);
            return await consultations.Answer(http, purpose!, asked, (int)Math.Min(count, int.MaxValue), query => export = new(snapshot, filter, format, count, query));
        }
        finally
        {
            if (export is null) await snapshot.DisposeAsync();
        }
    }

    /// <summary>503: what is logged is not yet in the rows or not yet signed for.</summary>
    public static IResult Behind(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        return Problem.Of(StatusCodes.Status503ServiceUnavailable, "records-behind", "The records have not caught up with the log; nothing was given out. Repeat.");
    }
}

using MlatExchange.Node.Http;

namespace MlatExchange.Node.Oversight;

/// <summary><c>GET /api/oversight/transfers</c>: pages of transfer records, each page a consultation that is recorded before it is given out.</summary>
public static class ConsultTransfersEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/oversight/transfers", Handle).ForOversight()
        .WithTags("Oversight").WithSummary("Query transfer records");

    private static async Task<IResult> Handle(HttpContext http, TransferPages pages, Consultations consultations)
    {
        var (purpose, unstated) = StatedPurpose.Read(http.Request.Headers);
        if (unstated is not null) return unstated;
        if (TransferFormats.Wanted(http.Request) is not { } format) return TransferFormats.None();
        var (filter, faulty) = TransferFilter.Read(http.Request.Query);
        if (faulty is not null) return faulty;
        return await pages.Read(filter!, http.RequestAborted) is { } page
            ? await consultations.Answer(http, purpose!, filter!.Given, page.Records.Count, query => TransferFormats.Write(http, format, page, query))
            : Behind(http);
    }

    /// <summary>503: what is logged is not yet in the rows or not yet signed for.</summary>
    public static IResult Behind(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        return Problem.Of(StatusCodes.Status503ServiceUnavailable, "records-behind", "The records have not caught up with the log; nothing was given out. Repeat.");
    }
}

using MlatExchange.Node.Http;

namespace MlatExchange.Node.Oversight.Statistics;

/// <summary>
/// <c>GET /api/oversight/statistics?year=</c>: exact figures of a year; <c>/compare</c>: two periods, or the cases of two rule packs, side by side. Each answer is a
/// consultation that is recorded before it is given out, and names the checkpoint it was computed at.
/// </summary>
public static class ConsultStatisticsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/oversight/statistics", Year).ForOversight().WithTags("Oversight").WithSummary("Exact statistics of a year (EEV 28(2))");
        routes.MapGet("/api/oversight/statistics/compare", Compare).ForOversight().WithTags("Oversight").WithSummary("Exact statistics of two periods or two rule packs");
    }

    private static async Task<IResult> Year(HttpContext http, Snapshots snapshots, Consultations consultations, TimeProvider time)
    {
        var (purpose, unstated) = StatedPurpose.Read(http.Request.Headers);
        if (unstated is not null) return unstated;
        var query = new StrictQuery(http.Request.Query, ["year"]);
        var year = query.Whole("year", 2000, 9998) ?? time.GetUtcNow().Year;
        if (query.Refused is { } faulty) return faulty;
        await using var snapshot = await snapshots.Open(http.RequestAborted, rows: Figures.RowName);
        if (snapshot is null) return ConsultTransfersEndpoint.Behind(http);
        var view = await Read(snapshot, new(year, 1, 1), new(year + 1, 1, 1), null, http.RequestAborted);
        return await consultations.Answer(http, purpose!, Consultations.Asked(query.Given, "statistics", $"{year}"), view.Counts.Sum(measure => measure.Rows.Count), recorded => Results.Json(new
        {
            year,
            counts = view.Counts,
            times = view.Times,
            notCounted = view.NotCounted,
            position = snapshot.Position,
            checkpoint = CheckpointView.Of(snapshot.Checkpoint),
            asOf = snapshot.Now,
            consultation = recorded.Consultation,
            query = recorded.Id,
        }, TransferFormats.WithNulls));
    }

    private static async Task<IResult> Compare(HttpContext http, Snapshots snapshots, Consultations consultations)
    {
        var (purpose, unstated) = StatedPurpose.Read(http.Request.Headers);
        if (unstated is not null) return unstated;
        var (sides, given, faulty) = ComparedSides.Read(http.Request.Query);
        if (faulty is not null) return faulty;
        await using var snapshot = await snapshots.Open(http.RequestAborted, rows: Figures.RowName);
        if (snapshot is null) return ConsultTransfersEndpoint.Behind(http);
        var before = await Read(snapshot, sides!.Before.From, sides.Before.To, sides.Before.Pack, http.RequestAborted);
        var after = await Read(snapshot, sides.After.From, sides.After.To, sides.After.Pack, http.RequestAborted);
        return await consultations.Answer(http, purpose!, Consultations.Asked(given!, "statistics", "compare"), before.Counts.Count, recorded => Results.Json(new
        {
            before = new { from = sides.Before.From, to = sides.Before.To, pack = sides.Before.Pack },
            after = new { from = sides.After.From, to = sides.After.To, pack = sides.After.Pack },
            counts = before.Counts.Zip(after.Counts, (b, a) => new { measure = b.Measure, source = b.Source, before = b.Total, after = a.Total, codes = Codes(b, a) }),
            times = before.Times.Zip(after.Times, (b, a) => new { measure = b.Measure, source = b.Source, before = b.All, after = a.All }),
            position = snapshot.Position,
            checkpoint = CheckpointView.Of(snapshot.Checkpoint),
            asOf = snapshot.Now,
            consultation = recorded.Consultation,
            query = recorded.Id,
        }, TransferFormats.WithNulls));
    }

    private static async Task<StatisticsView> Read(Snapshot snapshot, DateOnly from, DateOnly to, string? pack, CancellationToken cancellationToken)
    {
        var counts = await FigureRows.Counts(snapshot.Connection, from, to, cancellationToken);
        var times = await FigureRows.Times(snapshot.Connection, from, to, cancellationToken);
        return pack is null ? StatisticsView.Of(counts, times) : StatisticsView.Of([.. counts.Where(row => row.Key.Pack == pack)], [.. times.Where(row => row.Key.Pack == pack)]);
    }

    private static object[] Codes(CountView before, CountView after) => before.BrokenDownBy.Length == 0 ? [] :
    [
        .. before.Rows.Concat(after.Rows).Select(row => row.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(code => new
        {
            code, before = before.Rows.Where(row => row.Code == code).Sum(row => row.Count), after = after.Rows.Where(row => row.Code == code).Sum(row => row.Count),
        }),
    ];
}

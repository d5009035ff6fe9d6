using System.Globalization;
using System.Text;
using MlatExchange.Node.Http;

namespace MlatExchange.Node.Oversight.Statistics;

/// <summary><c>GET /api/transparency?year=</c>: what the public is told, as JSON or CSV; for anyone, without a purpose.</summary>
public static class TransparencyEndpoint
{
    private static readonly string[] Known = [TransferFormats.Json, TransferFormats.Csv];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/transparency", Handle).AllowAnonymous().WithTags("Oversight").WithSummary("Published statistics of a year, small cells withheld");

    private static async Task<IResult> Handle(HttpContext http, PublicYears years)
    {
        if (Accepted.Of(http.Request, Known) is not { } format) return TransferFormats.None(Known);
        var query = new StrictQuery(http.Request.Query, ["year"]);
        var year = query.Whole("year", 2000, 9998) ?? years.Newest;
        if (query.Refused is { } faulty) return faulty;
        if (await years.Read(year, http.RequestAborted) is not { } told) return ConsultTransfersEndpoint.Behind(http);
        http.Response.Headers.CacheControl = "public, max-age=300";
        return format == TransferFormats.Csv ? Results.Text(Csv(told), "text/csv", new UTF8Encoding(false)) : Results.Json(told, TransferFormats.WithNulls);
    }

    /// <summary>One row a figure (RFC 4180); what is withheld says so. The last row is the checkpoint.</summary>
    internal static string Csv(PublicYear told)
    {
        var text = new StringBuilder("measure,source,period,instrument,breakdown,code,value\r\n");
        foreach (var count in told.Counts)
        {
            for (var quarter = 0; quarter < count.Quarters.Count; quarter++) Row(count.Measure, count.Source, $"{told.Year}-Q{quarter + 1}", "", "", "", Shown(count.Quarters[quarter]));
            if (count.Year is not { } year) continue;
            Row(count.Measure, count.Source, $"{told.Year}", "", "", "", Shown(year.Total));
            if (year.Withheld) Row(count.Measure, count.Source, $"{told.Year}", "", "instrument", "", "withheld");
            foreach (var (instrument, of) in year.Instruments)
            {
                Row(count.Measure, count.Source, $"{told.Year}", instrument, "", "", Shown(of.Total));
                foreach (var (breakdown, line) in new[] { ("counterpart", of.Counterparts), ("emergency", of.Emergency), (count.BrokenDownBy, of.Codes) })
                {
                    if (breakdown.Length == 0) continue;
                    foreach (var (code, value) in line.Shown) Row(count.Measure, count.Source, $"{told.Year}", instrument, breakdown, code, Shown(value));
                    if (line.Withheld) Row(count.Measure, count.Source, $"{told.Year}", instrument, breakdown, "", "withheld");
                }
            }
        }
        foreach (var took in told.Times)
        {
            Row(took.Measure, took.Source, $"{told.Year}", "", "median-hours", "", took.MedianHours.ToString(CultureInfo.InvariantCulture));
            Row(took.Measure, took.Source, $"{told.Year}", "", "p90-hours", "", took.P90Hours.ToString(CultureInfo.InvariantCulture));
        }
        foreach (var not in told.NotCounted) Row(not.Name, not.Source, $"{told.Year}", "", "", "", "not counted");
        if (told.Checkpoint is { } at) Row("checkpoint", "", $"{at.Size}", "", "origin", at.Origin ?? "", at.Root);
        return text.ToString();

        void Row(params string[] cells) => text.AppendJoin(',', cells).Append("\r\n");
    }

    private static string Shown(long? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "withheld";
}

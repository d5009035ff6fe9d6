using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MlatExchange.Domain;
using MlatExchange.Node.Http;

namespace MlatExchange.Node.Oversight;

/// <summary>
/// A page of records as JSON, CSV (RFC 4180) or NDJSON, whichever <c>Accept</c> prefers. What JSON says beside the records stands in headers for the other two:
/// <c>Next-Cursor</c>, <c>Checkpoint-Size</c>, <c>Checkpoint-Root</c>, <c>Consultation</c>.
/// </summary>
public static class TransferFormats
{
    private const string Json = "application/json", Csv = "text/csv", Lines = "application/x-ndjson";
    private static readonly string[] Known = [Json, Csv, Lines];

    // Every member is there, also when it is null: a reader need not guess.
    private static readonly JsonSerializerOptions Options = new(EventJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    private static readonly (string Name, Func<TransferView, object?> Value)[] Columns =
    [
        ("transfer", v => v.Transfer), ("direction", v => TransferRecords.Direction(v.Direction)), ("counterpart", v => v.Counterpart), ("instrument", v => v.Instrument), ("legalBasis", v => v.LegalBasis),
        ("authorityRole", v => v.AuthorityRole), ("dataCategories", v => v.DataCategories), ("subjectCategories", v => v.SubjectCategories), ("purpose", v => v.Purpose),
        ("conditions", v => v.Conditions), ("maximumDays", v => v.Retention.MaximumDays), ("trigger", v => v.Retention.Trigger), ("reviewEveryDays", v => v.Retention.ReviewEveryDays),
        ("disposal", v => v.Retention.Disposal), ("legalReference", v => v.Retention.LegalReference), ("packDigest", v => v.PackDigest), ("state", v => v.State), ("items", v => v.Items),
        ("fetchedItems", v => v.FetchedItems), ("holds", v => v.Holds), ("prepared", v => v.Times.Prepared), ("offered", v => v.Times.Offered), ("accepted", v => v.Times.Accepted),
        ("released", v => v.Times.Released), ("fetched", v => v.Times.Fetched), ("destructionOrdered", v => v.Times.DestructionOrdered), ("destroyed", v => v.Times.Destroyed),
        ("certified", v => v.Times.Certified), ("ended", v => v.Times.Ended), ("releaseBy", v => v.ReleaseBy), ("expires", v => v.Expires), ("due", v => v.Due), ("dueFor", v => v.DueFor),
        ("overdue", v => v.Overdue ? "true" : "false"), ("firstIndex", v => v.First.Index), ("lastIndex", v => v.Last.Index), ("recordIndex", v => v.Record.Index), ("recordEvent", v => v.Record.Event),
    ];

    /// <summary>The media type to answer with; null when the caller takes none of them.</summary>
    public static string? Wanted(HttpRequest request)
    {
        if (request.Headers.Accept.Count == 0) return Json;
        return request.GetTypedHeaders().Accept.Where(range => range.Quality is not 0).OrderByDescending(range => range.Quality ?? 1)
            .Select(range => Known.FirstOrDefault(type => range.MatchesMediaType(type))).FirstOrDefault(type => type is not null);
    }

    public static IResult None() => Problem.Of(StatusCodes.Status406NotAcceptable, "not-acceptable", $"Transfer records are given as {string.Join(", ", Known)}; FHIR is not among them yet.");

    public static IResult Write(HttpContext http, string format, TransferPage page, RecordedQuery query)
    {
        var views = page.Records.Select(record => TransferView.Of(record, page.Now)).ToList();
        var headers = http.Response.Headers;
        headers.Vary = "Accept";
        if (page.Next is not null) headers["Next-Cursor"] = page.Next;
        if (page.Checkpoint is { } checkpoint)
        {
            headers["Checkpoint-Size"] = checkpoint.Size.ToString(CultureInfo.InvariantCulture);
            headers["Checkpoint-Root"] = checkpoint.Root.ToString();
        }
        return format switch
        {
            Csv => Results.Text(Table(views), Csv, Encoding.UTF8),
            Lines => Results.Text(string.Concat(views.Select(view => JsonSerializer.Serialize(view, Options) + "\n")), Lines, Encoding.UTF8),
            _ => Results.Json(new { records = views, next = page.Next, position = page.Position, checkpoint = CheckpointView.Of(page.Checkpoint), asOf = page.Now, consultation = query.Consultation, query = query.Id }, Options),
        };
    }

    private static string Table(IEnumerable<TransferView> views)
    {
        var table = new StringBuilder().AppendJoin(',', Columns.Select(column => column.Name)).Append("\r\n");
        foreach (var view in views) table.AppendJoin(',', Columns.Select(column => Cell(column.Value(view)))).Append("\r\n");
        return table.ToString();
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        IEnumerable<string> codes => Quoted(string.Join(';', codes)),
        string text => Quoted(text),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quoted(value.ToString() ?? ""),
    };

    // A legal reference comes from the other side: a spreadsheet must not take it for a formula.
    private static string Quoted(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

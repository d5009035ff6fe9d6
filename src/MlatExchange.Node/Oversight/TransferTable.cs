using System.Buffers;
using System.Text;
using System.Text.Json;

namespace MlatExchange.Node.Oversight;

/// <summary>Records as rows of a table (RFC 4180, CRLF, header). Lists are joined by <c>;</c>; a cell that a spreadsheet could run begins with <c>'</c>.</summary>
internal static class TransferTable
{
    private static readonly (string Name, string[] Path)[] Columns = [.. new[]
    {
        "transfer", "direction", "counterpart", "case", "instrument", "legalBasis", "authorityRole", "dataCategories", "subjectCategories", "purpose", "conditions", "retention.maximumDays", "retention.trigger",
        "retention.reviewEveryDays", "retention.disposal", "retention.legalReference", "packDigest", "state", "items", "fetchedItems", "holds", "marks.minors", "marks.specialCategories", "marks.emergency",
        "marks.overridden", "marks.divergent", "marks.refusalGrounds", "marks.onward", "marks.incident", "times.prepared", "times.offered", "times.accepted", "times.released", "times.fetched",
        "times.destructionOrdered", "times.destroyed", "times.certified", "times.ended", "releaseBy", "expires", "due", "dueFor", "first.index", "last.index", "record.index", "record.event",
        "conduct.reports", "conduct.openBreaches", "conduct.contained",
    }.Select(path => (Name(path), path.Split('.')))];

    public static void Head(IBufferWriter<byte> output) => output.Write(Encoding.UTF8.GetBytes($"{string.Join(',', Columns.Select(column => column.Name))},overdue,query\r\n"));

    public static void Row(IBufferWriter<byte> output, TransferRow row, Guid query)
    {
        using var document = JsonDocument.Parse(row.Document);
        var line = new StringBuilder(1024);
        foreach (var (_, path) in Columns) line.Append(Cell(path.Aggregate(document.RootElement, (parent, member) => parent.GetProperty(member)))).Append(',');
        line.Append(row.Overdue ? "true," : "false,").Append(query).Append("\r\n");
        Encoding.UTF8.GetBytes(line.ToString(), output);
    }

    // retention.maximumDays -> maximumDays, first.index -> firstIndex
    private static string Name(string path) => path.Split('.') switch
    {
        ["retention" or "times" or "marks", var member] => member,
        [var parent, var member] => parent + char.ToUpperInvariant(member[0]) + member[1..],
        _ => path,
    };

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.Array => Quoted(string.Join(';', value.EnumerateArray().Select(item => item.GetString()))),
        JsonValueKind.String => Quoted(value.GetString()!),
        _ => value.GetRawText(),
    };

    // A legal reference comes from the other side: a spreadsheet must not take it for a formula.
    private static string Quoted(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

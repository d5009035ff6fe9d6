using System.Text.Json;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Cli.Verification;

/// <summary>
/// Runs a query over transfers again, over all leaves of the log, and compares what it finds with the rows that a node gave. Only what a leaf shows can be decided: a
/// condition on anything else leaves open whether rows are missing, never whether rows are invented or say other than their leaves.
/// </summary>
internal sealed class QueryReplay
{
    private const string Supplied = "transfer.prepared.v1", Held = "transfer.offer-received.v1";

    private static readonly string[] Shown = ["from", "to", "direction", "counterpart", "instrument", "article", "authorityRole", "purpose", "dataCategory", "subjectCategory", "condition"];

    private readonly IReadOnlyDictionary<string, string> asked;
    private readonly Dictionary<long, JsonElement> rows = [];
    private readonly Dictionary<long, string> proven = [];
    private readonly List<string> findings = [];

    /// <param name="asked">Parameters of the query as the node was given them.</param>
    public QueryReplay(IReadOnlyDictionary<string, string> asked)
    {
        this.asked = asked;
        Undecided = [.. asked.Keys.Where(name => !Shown.Contains(name) && name != "sort").Concat(asked.GetValueOrDefault("sort") is "due" or "-due" ? ["sort"] : [])];
    }

    /// <summary>Parameters that leaves cannot decide.</summary>
    public IReadOnlyList<string> Undecided { get; }

    /// <summary>Transfers that the leaves show to fit every condition that leaves can decide.</summary>
    public long Fitting { get; private set; }

    /// <summary>Missing, invented and differing rows, one sentence each.</summary>
    public IReadOnlyList<string> Findings => [.. findings, .. rows.Values.Select(row => $"extra: the row of {Text(row, "transfer")} has no first leaf of its own up to the end of the query.")];

    /// <summary>A row that the node gave; all rows before the first leaf.</summary>
    public void Row(JsonElement row)
    {
        if (!rows.TryAdd(row.GetProperty("first").GetProperty("index").GetInt64(), row)) findings.Add($"extra: the row of {Text(row, "transfer")} stands there twice.");
        proven.TryAdd(row.GetProperty("record").GetProperty("index").GetInt64(), Text(row.GetProperty("record"), "kind")!);
    }

    /// <summary>The next leaf of the log, up to the end of the query.</summary>
    public void Leaf(long index, ReadOnlyMemory<byte> bytes)
    {
        using var document = StrictJson.TryParse(bytes, out var parsed, out _) ? parsed : null;
        var kind = document is null ? null : Text(document.RootElement, "kind");
        if (proven.TryGetValue(index, out var expected) && expected != kind) findings.Add($"differs: leaf {index} is {kind ?? "not readable"}, a row names it as {expected}.");
        if (kind is not (Supplied or Held)) return;
        var (leaf, found) = (document!.RootElement, rows.Remove(index, out var row));
        var fits = Fits(leaf, kind);
        if (fits) Fitting++;
        if (fits && !found && Undecided.Count == 0) findings.Add($"missing: leaf {index} ({kind}, {Text(leaf, "time")}) fits the query and has no row.");
        if (!found) return;
        if (!fits) findings.Add($"extra: leaf {index}, of which {Text(row, "transfer")} is a row, does not fit the query.");
        Compare(index, row, leaf, kind);
    }

    private bool Fits(JsonElement leaf, string kind) =>
        Is("direction", kind == Held ? "incoming" : "outgoing") && Is("counterpart", Text(leaf, "counterpart")) && Is("instrument", Text(leaf, "instrument"))
        && Is("authorityRole", Text(leaf, "authorityRole")) && Is("purpose", Text(leaf, "purpose")) && Has("article", leaf, "articles") && Has("dataCategory", leaf, "dataCategories")
        && Has("subjectCategory", leaf, "subjectCategories") && Has("condition", leaf, "conditionTypes")
        && (!asked.TryGetValue("from", out var from) || At(leaf) >= DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal))
        && (!asked.TryGetValue("to", out var to) || At(leaf) < DateTimeOffset.Parse(to, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal));

    private bool Is(string parameter, string? value) => !asked.TryGetValue(parameter, out var wanted) || wanted == value;

    private bool Has(string parameter, JsonElement leaf, string member) => !asked.TryGetValue(parameter, out var wanted) || Texts(leaf, member).Contains(wanted);

    private void Compare(long index, JsonElement row, JsonElement leaf, string kind)
    {
        Same("first", $"{kind} {Text(leaf, "time")}", $"{Text(row.GetProperty("first"), "kind")} {Text(row.GetProperty("first"), "at")}");
        Same("direction", kind == Held ? "incoming" : "outgoing", Text(row, "direction"));
        foreach (var member in (string[])["counterpart", "instrument", "authorityRole", "purpose"])
            if (leaf.TryGetProperty(member, out _)) Same(member, Text(leaf, member), Text(row, member));
        foreach (var (inLeaf, inRow) in ((string, string)[])[("articles", "legalBasis"), ("dataCategories", "dataCategories"), ("subjectCategories", "subjectCategories"), ("conditionTypes", "conditions")])
            if (leaf.TryGetProperty(inLeaf, out _)) Same(inRow, string.Join(';', Texts(leaf, inLeaf)), string.Join(';', Texts(row, inRow)));

        void Same(string member, string? inLeaf, string? inRow)
        {
            if (inLeaf != inRow) findings.Add($"differs: {member} of {Text(row, "transfer")} is not what leaf {index} says.");
        }
    }

    private static DateTimeOffset At(JsonElement leaf) => leaf.TryGetProperty("time", out var time) && time.TryGetDateTimeOffset(out var at) ? at : default;

    private static string? Text(JsonElement parent, string member) => parent.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<string?> Texts(JsonElement parent, string member) =>
        parent.TryGetProperty(member, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()).ToList() : [];
}

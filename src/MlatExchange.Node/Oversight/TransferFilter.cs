using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using MlatExchange.Domain.Assessment;

namespace MlatExchange.Node.Oversight;

/// <summary>What rows are ordered by; each order has a place that decides between equals.</summary>
public enum TransferOrder
{
    /// <summary>When the first event was logged: never changes, so pages show each transfer once.</summary>
    Logged,

    /// <summary>When the next thing is owed; transfers that owe nothing are left out.</summary>
    Due,

    /// <summary>When the last event was logged.</summary>
    Changed,
}

/// <summary>What a query over transfers asks for; all conditions hold together. Null: not asked.</summary>
public sealed record TransferFilter
{
    public const int DefaultLimit = 100, LargestLimit = 1000;

    /// <summary>Parameters as given, by name: what is kept of the query, in the vault.</summary>
    public IReadOnlyDictionary<string, string> Given { get; init; } = new Dictionary<string, string>();

    /// <summary>First logged at or after, UTC.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>First logged before, UTC.</summary>
    public DateTimeOffset? To { get; init; }

    public string? Direction { get; init; }

    public string? Counterpart { get; init; }

    public string? Instrument { get; init; }

    /// <summary>Instrument and article, such as <c>EEV 5</c>.</summary>
    public string? Article { get; init; }

    public string? AuthorityRole { get; init; }

    public string? Purpose { get; init; }

    public string? DataCategory { get; init; }

    public string? SubjectCategory { get; init; }

    /// <summary>Type of a condition on use.</summary>
    public string? Condition { get; init; }

    /// <summary>State now.</summary>
    public string? Outcome { get; init; }

    public bool? Overdue { get; init; }

    public bool? Minors { get; init; }

    public bool? SpecialCategories { get; init; }

    public bool? Emergency { get; init; }

    public bool? Overridden { get; init; }

    public bool? Divergent { get; init; }

    public string? RefusalGround { get; init; }

    public bool? Onward { get; init; }

    public bool? Incident { get; init; }

    /// <summary>Pseudonym of the case.</summary>
    public Guid? Case { get; init; }

    public TransferOrder Order { get; init; }

    /// <summary>Latest first.</summary>
    public bool Descending { get; init; }

    /// <summary>Where the page starts; null for the first.</summary>
    public PageCursor? After { get; init; }

    public int Limit { get; init; } = DefaultLimit;

    /// <summary>States of a transfer, on either side.</summary>
    public static readonly IReadOnlyList<string> Outcomes =
    [
        "prepared", "offered", "accepted", "released", "under-retention", "destruction-due", "destruction-ordered", "erasing", "destroyed", "certified-in-part", "certified", "lapsed", "stopped",
    ];

    private static readonly string[] Sorts = ["logged", "-logged", "due", "-due", "changed", "-changed"];

    /// <summary>The filter, or the 400 problem that names every parameter at fault and repeats no value.</summary>
    /// <param name="more">Names of further parameters that the route reads itself.</param>
    public static (TransferFilter? Filter, IResult? Refused) Read(IEnumerable<KeyValuePair<string, StringValues>> query, params string[] more)
    {
        var read = new StrictQuery(query,
        [
            "from", "to", "direction", "counterpart", "instrument", "article", "authorityRole", "purpose", "dataCategory", "subjectCategory", "condition", "outcome", "overdue", "minors", "specialCategories",
            "emergency", "overridden", "divergent", "refusalGround", "onward", "incident", "case", "sort", "cursor", "limit", .. more,
        ]);
        var sort = read.OneOf("sort", Sorts) ?? "logged";
        var filter = new TransferFilter
        {
            Given = read.Given,
            From = read.Instant("from"),
            To = read.Instant("to"),
            Direction = read.OneOf("direction", ["incoming", "outgoing"]),
            Counterpart = read.Form("counterpart", value => value.Length == 2 && value.All(char.IsAsciiLetterUpper), "An ISO 3166-1 alpha-2 code in capitals."),
            Instrument = read.Code("instrument"),
            Article = read.Form("article", value => value.Length is > 0 and <= 264 && value.All(c => c is >= ' ' and <= '~'), "Instrument and article, such as EEV 5."),
            AuthorityRole = read.OneOf("authorityRole", Codes.IssuerKinds),
            Purpose = read.OneOf("purpose", Codes.Purposes),
            DataCategory = read.OneOf("dataCategory", Codes.DataCategories),
            SubjectCategory = read.OneOf("subjectCategory", Codes.PersonCategories),
            Condition = read.OneOf("condition", Codes.ConditionTypes),
            Outcome = read.OneOf("outcome", Outcomes),
            Overdue = read.Flag("overdue"),
            Minors = read.Flag("minors"),
            SpecialCategories = read.Flag("specialCategories"),
            Emergency = read.Flag("emergency"),
            Overridden = read.Flag("overridden"),
            Divergent = read.Flag("divergent"),
            RefusalGround = read.Code("refusalGround"),
            Onward = read.Flag("onward"),
            Incident = read.Flag("incident"),
            Case = read.Id("case"),
            Order = sort.TrimStart('-') switch { "due" => TransferOrder.Due, "changed" => TransferOrder.Changed, _ => TransferOrder.Logged },
            Descending = sort[0] == '-',
            Limit = read.Whole("limit", 1, LargestLimit) ?? DefaultLimit,
        };
        if (filter is { From: { } from, To: { } to } && from >= to) read.Fault("to", "range-reversed", "After \"from\".");
        if (read.Given.TryGetValue("cursor", out var cursor))
        {
            if (PageCursor.Read(cursor, filter.Fingerprint()) is { } after) filter = filter with { After = after };
            else read.Fault("cursor", "wrong-cursor", "As \"next\" gave it, with the same other parameters.");
        }
        return read.Refused is { } refused ? (null, refused) : (filter, null);
    }

    /// <summary>What binds a cursor to the other parameters, so that pages of different queries cannot be mixed.</summary>
    internal ReadOnlySpan<byte> Fingerprint() => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        Given.Where(pair => pair.Key is not ("cursor" or "limit")).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new[] { pair.Key, pair.Value }))).AsSpan(0, 8);
}

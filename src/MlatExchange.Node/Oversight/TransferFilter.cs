using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Node.Http;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Node.Oversight;

/// <summary>What a query over transfers asks for: every parameter read strictly, so that one that is misspelt or twisted is refused and never just ignored.</summary>
/// <param name="Given">Parameters as given, by name: what is kept of the query, in the vault.</param>
/// <param name="From">First logged at or after, UTC.</param>
/// <param name="To">First logged before, UTC.</param>
/// <param name="After">Position of the last record of the page before; 0 for the first page.</param>
public sealed record TransferFilter(
    IReadOnlyDictionary<string, string> Given,
    DateTimeOffset? From,
    DateTimeOffset? To,
    string? Direction,
    string? Counterpart,
    string? Instrument,
    string? DataCategory,
    string? SubjectCategory,
    string? Outcome,
    bool? Overdue,
    long After,
    int Limit)
{
    public const int DefaultLimit = 100, LargestLimit = 1000;

    private static readonly string[] Instants = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss.fffZ"];

    private static readonly string[] Names = ["from", "to", "direction", "counterpart", "instrument", "dataCategory", "subjectCategory", "outcome", "overdue", "cursor", "limit"];

    /// <summary>States of a transfer, on either side.</summary>
    public static readonly IReadOnlyList<string> Outcomes =
    [
        "prepared", "offered", "accepted", "released", "under-retention", "destruction-due", "destruction-ordered", "erasing", "destroyed", "certified", "lapsed", "stopped",
    ];

    /// <summary>The filter, or the 400 problem that names every parameter at fault and repeats no value.</summary>
    public static (TransferFilter? Filter, IResult? Refused) Read(IQueryCollection query)
    {
        var faults = new List<MemberFault>();
        var given = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in query)
        {
            // The name of an unknown parameter is the caller's text: it is not repeated either.
            if (!Names.Contains(name, StringComparer.Ordinal)) faults.Add(new("", "unknown-parameter", $"Known parameters: {string.Join(", ", Names)}."));
            else if (values is not [{ } value]) faults.Add(new(name, "given-twice", "At most once."));
            else given[name] = value;
        }
        var filter = new TransferFilter(
            given,
            Instant("from"),
            Instant("to"),
            OneOf("direction", ["incoming", "outgoing"]),
            Form("counterpart", value => value.Length == 2 && value.All(char.IsAsciiLetterUpper), "An ISO 3166-1 alpha-2 code in capitals."),
            Form("instrument", value => value.Length is > 0 and <= 64 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '.' or '-' or '_' or '/'), "The code of an instrument."),
            OneOf("dataCategory", Codes.DataCategories),
            OneOf("subjectCategory", Codes.PersonCategories),
            OneOf("outcome", Outcomes),
            OneOf("overdue", ["true", "false"]) is { } overdue ? overdue == "true" : null,
            0,
            Whole("limit") ?? DefaultLimit);
        if (filter is { From: { } from, To: { } to } && from >= to) faults.Add(new("to", "range-reversed", "After \"from\"."));
        if (given.TryGetValue("cursor", out var cursor))
        {
            if (filter.Place(cursor) is { } after) filter = filter with { After = after };
            else faults.Add(new("cursor", "wrong-cursor", "As \"next\" gave it, with the same other parameters."));
        }
        return faults.Count == 0
            ? (filter, null)
            : (null, Problem.Of(StatusCodes.Status400BadRequest, "parameters-at-fault", "Parameters of the query break rules; each is named.", errors: faults));

        string? Form(string name, Func<string, bool> fits, string rule)
        {
            if (!given.TryGetValue(name, out var value)) return null;
            if (fits(value)) return value;
            faults.Add(new(name, "wrong-form", rule));
            return null;
        }

        string? OneOf(string name, IReadOnlyCollection<string> codes)
        {
            if (!given.TryGetValue(name, out var value) || codes.Contains(value)) return value;
            faults.Add(new(name, "unknown-code", $"One of {string.Join(", ", codes.Order(StringComparer.Ordinal))}."));
            return null;
        }

        DateTimeOffset? Instant(string name)
        {
            if (!given.TryGetValue(name, out var value)) return null;
            if (DateTimeOffset.TryParseExact(value, Instants, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)) return instant;
            faults.Add(new(name, "wrong-form", "A date or an instant in UTC: 2026-01-31, 2026-01-31T12:00:00Z."));
            return null;
        }

        int? Whole(string name)
        {
            if (!given.TryGetValue(name, out var value)) return null;
            if (value.Length <= 4 && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= LargestLimit) return number;
            faults.Add(new(name, "wrong-number", "1 to 1000."));
            return null;
        }
    }

    /// <summary>Where the next page starts: bound to the other parameters, so that pages of different queries cannot be mixed.</summary>
    public string CursorAfter(long position)
    {
        Span<byte> cursor = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(cursor, position);
        Fingerprint().CopyTo(cursor[8..]);
        return Base64Url.Encode(cursor);
    }

    private long? Place(string cursor)
    {
        Span<byte> bytes = stackalloc byte[16];
        return Base64Url.TryDecode(cursor, bytes) && bytes[8..].SequenceEqual(Fingerprint()) && BinaryPrimitives.ReadInt64BigEndian(bytes) is >= 0 and var position ? position : null;
    }

    private ReadOnlySpan<byte> Fingerprint() => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        Given.Where(pair => pair.Key is not ("cursor" or "limit")).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new[] { pair.Key, pair.Value }))).AsSpan(0, 8);
}

using System.Globalization;
using Microsoft.Extensions.Primitives;
using MlatExchange.Domain;
using MlatExchange.Node.Http;

namespace MlatExchange.Node.Oversight;

/// <summary>Parameters of a query read strictly: one that is misspelt or twisted is refused and never just ignored. Faults name the parameter and repeat no value.</summary>
internal sealed class StrictQuery
{
    private static readonly string[] Instants = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss.fffZ"];

    private readonly List<MemberFault> faults = [];
    private readonly SortedDictionary<string, string> given = new(StringComparer.Ordinal);

    public StrictQuery(IEnumerable<KeyValuePair<string, StringValues>> query, IReadOnlyList<string> names)
    {
        foreach (var (name, values) in query)
        {
            // The name of an unknown parameter is the caller's text: it is not repeated either.
            if (!names.Contains(name, StringComparer.Ordinal)) Fault("", "unknown-parameter", $"Known parameters: {string.Join(", ", names)}.");
            else if (values is not [{ } value]) Fault(name, "given-twice", "At most once.");
            else given[name] = value;
        }
    }

    /// <summary>As given, by name.</summary>
    public IReadOnlyDictionary<string, string> Given => given;

    /// <summary>400 naming every parameter at fault; null when there is none.</summary>
    public IResult? Refused => faults.Count == 0 ? null : Problem.Of(StatusCodes.Status400BadRequest, "parameters-at-fault", "Parameters of the query break rules; each is named.", errors: faults);

    public void Fault(string name, string rule, string sentence) => faults.Add(new(name, rule, sentence));

    public string? Form(string name, Func<string, bool> fits, string rule)
    {
        if (!given.TryGetValue(name, out var value)) return null;
        if (fits(value)) return value;
        Fault(name, "wrong-form", rule);
        return null;
    }

    public string? Code(string name) => Form(name, value => value.Length is > 0 and <= 64 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '.' or '-' or '_' or '/'), "A code.");

    public string? OneOf(string name, IReadOnlyCollection<string> codes)
    {
        if (!given.TryGetValue(name, out var value) || codes.Contains(value)) return value;
        Fault(name, "unknown-code", $"One of {string.Join(", ", codes.Order(StringComparer.Ordinal))}.");
        return null;
    }

    public bool? Flag(string name) => OneOf(name, ["true", "false"]) is { } flag ? flag == "true" : null;

    public Guid? Id(string name) => Form(name, value => Guid.TryParseExact(value, "D", out _), "An id of 36 characters.") is { } id ? Guid.ParseExact(id, "D") : null;

    public DateTimeOffset? Instant(string name)
    {
        if (!given.TryGetValue(name, out var value)) return null;
        if (DateTimeOffset.TryParseExact(value, Instants, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)) return instant;
        Fault(name, "wrong-form", "A date or an instant in UTC: 2026-01-31, 2026-01-31T12:00:00Z.");
        return null;
    }

    public int? Whole(string name, int least, int most)
    {
        if (!given.TryGetValue(name, out var value)) return null;
        if (value.Length <= 9 && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Fault(name, "wrong-number", $"{least} to {most}.");
        return null;
    }
}

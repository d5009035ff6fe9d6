using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MlatExchange.Node.Oversight.Fhir;

/// <summary>A date of a search (FHIR R4, 3.1.1.5.8): a comparison with a span that is as wide as what was given is exact.</summary>
/// <param name="Prefix"><c>eq</c>, <c>ne</c>, <c>gt</c>, <c>lt</c>, <c>ge</c>, <c>le</c>, <c>sa</c> or <c>eb</c>.</param>
/// <param name="From">First instant of the span, UTC.</param>
/// <param name="To">First instant after it.</param>
internal sealed record FhirDate(string Prefix, DateTimeOffset From, DateTimeOffset To)
{
    private static readonly string[] Prefixes = ["eq", "ne", "gt", "lt", "ge", "le", "sa", "eb"];

    private static readonly (string Form, Func<DateTimeOffset, DateTimeOffset> End)[] Forms =
    [
        ("yyyy", at => at.AddYears(1)), ("yyyy-MM", at => at.AddMonths(1)), ("yyyy-MM-dd", at => at.AddDays(1)),
        ("yyyy-MM-ddTHH:mmK", at => at.AddMinutes(1)), ("yyyy-MM-ddTHH:mm:ssK", at => at.AddSeconds(1)),
        ("yyyy-MM-ddTHH:mm:ss.fK", at => at.AddMilliseconds(100)), ("yyyy-MM-ddTHH:mm:ss.ffK", at => at.AddMilliseconds(10)), ("yyyy-MM-ddTHH:mm:ss.fffK", at => at.AddMilliseconds(1)),
    ];

    /// <summary>Without a zone UTC is meant.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FhirDate? date)
    {
        date = null;
        var prefix = Prefixes.FirstOrDefault(prefix => text.StartsWith(prefix, StringComparison.Ordinal));
        var value = prefix is null ? text : text[2..];
        foreach (var (form, end) in Forms)
        {
            if (!DateTimeOffset.TryParseExact(value, form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var from) || from.Year is < 1900 or > 9000) continue;
            date = new(prefix ?? "eq", from, end(from));
            return true;
        }
        return false;
    }

    /// <summary>As a condition on a column; each value goes through <paramref name="value"/>.</summary>
    public string On(string column, Func<object, string> value) => Prefix switch
    {
        "eq" => $"({column} >= {value(From.UtcDateTime)} and {column} < {value(To.UtcDateTime)})",
        "ne" => $"({column} < {value(From.UtcDateTime)} or {column} >= {value(To.UtcDateTime)})",
        "gt" or "sa" => $"{column} >= {value(To.UtcDateTime)}",
        "ge" => $"{column} >= {value(From.UtcDateTime)}",
        "le" => $"{column} < {value(To.UtcDateTime)}",
        _ => $"{column} < {value(From.UtcDateTime)}",
    };
}

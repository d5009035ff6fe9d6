using System.Globalization;
using System.Text.RegularExpressions;

namespace MlatExchange.Cli.Health;

/// <summary>A date of R4: a year, a month, a day, or a day with a time of day.</summary>
/// <param name="First">First day that it may mean.</param>
/// <param name="Last">Last day that it may mean.</param>
/// <param name="Clock">From the <c>T</c> on, as written; empty without a time of day.</param>
public readonly partial record struct ClinicalTime(DateOnly First, DateOnly Last, int Parts, string Clock)
{
    public static bool TryRead(string text, out ClinicalTime time)
    {
        time = default;
        if (Form().Match(text) is not { Success: true } match || !TryPart(match, "year", 0, out var year) || !TryPart(match, "month", 1, out var month) || !TryPart(match, "day", 1, out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }
        var parts = match.Groups["day"].Success ? 3 : match.Groups["month"].Success ? 2 : 1;
        var first = new DateOnly(year, month, day);
        time = new(first, parts == 3 ? first : parts == 2 ? new DateOnly(year, month, DateTime.DaysInMonth(year, month)) : new DateOnly(year, 12, 31), parts, match.Groups["clock"].Value);
        return true;
    }

    public bool Overlaps(ClinicalTime other) => First <= other.Last && other.First <= Last;

    /// <summary>The same date so many days off, as precise as it was; what lay before another stays before it, or becomes as early. Null beyond the calendar.</summary>
    public string? Shifted(int days)
    {
        var number = First.DayNumber + days;
        if (number < DateOnly.MinValue.DayNumber || number > DateOnly.MaxValue.DayNumber)
        {
            return null;
        }
        return DateOnly.FromDayNumber(number).ToString(Parts switch { 3 => "yyyy-MM-dd", 2 => "yyyy-MM", _ => "yyyy" }, CultureInfo.InvariantCulture) + Clock;
    }

    private static bool TryPart(Match match, string name, int missing, out int number)
    {
        number = missing;
        return !match.Groups[name].Success || int.TryParse(match.Groups[name].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    [GeneratedRegex(@"\A(?<year>[0-9]{4})(-(?<month>[0-9]{2})(-(?<day>[0-9]{2})(?<clock>T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]{1,9})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9]))?)?)?\z")]
    private static partial Regex Form();
}

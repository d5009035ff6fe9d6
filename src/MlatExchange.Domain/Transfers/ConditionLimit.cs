using System.Globalization;
using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Transfers;

/// <summary>
/// The part of a condition that a clock can read: a day, or a term that runs from the release of the key. Words of a condition are never here; they travel in the act
/// and lie in the vault.
/// </summary>
/// <param name="Condition">Type of the condition, such as <c>ReportUse</c>.</param>
/// <param name="Day">Calendar day, UTC.</param>
/// <param name="Days">Term in days.</param>
/// <param name="Months">Term in calendar months.</param>
public sealed record ConditionLimit(string Condition, DateOnly? Day = null, int? Days = null, int? Months = null)
{
    /// <summary>How often a use is to be reported where the condition names no term.</summary>
    public static readonly ConditionLimit Quarterly = new("ReportUse", Days: 90);

    /// <summary>The types whose value a clock reads, and must be able to.</summary>
    public static bool IsTimed(string condition) => ConditionTypes.Of(condition)?.Value == ConditionValue.DayOrTerm;

    /// <summary>Reads a value such as <c>P90D</c>, <c>P2W</c>, <c>P6M</c> or <c>2027-03-31</c>; null where it is neither, or the condition has no limit in time.</summary>
    public static ConditionLimit? Read(string condition, string? value)
    {
        if (value is null || !IsTimed(condition)) return null;
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return new(condition, Day: day);
        if (value.Length is < 3 or > 6 || value[0] != 'P' || !int.TryParse(value.AsSpan(1, value.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0) return null;
        return value[^1] switch
        {
            'D' => new(condition, Days: count),
            'W' => new(condition, Days: count * 7),
            'M' => new(condition, Months: count),
            _ => null,
        };
    }

    /// <summary>The instant from which the limit is passed: the end of the day, or the term after <paramref name="from"/>.</summary>
    public DateTimeOffset Passed(DateTimeOffset from) =>
        Day is { } day ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(1)
        : Days is { } days ? from.AddDays(days)
        : from.AddMonths(Months ?? 0);
}

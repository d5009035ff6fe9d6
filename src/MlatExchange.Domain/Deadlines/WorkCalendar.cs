namespace MlatExchange.Domain.Deadlines;

/// <summary>The days of one jurisdiction: its zone, the days of the week on which nobody works, and its public holidays as a table.</summary>
/// <param name="Zone">Zone of the duty-bound authority; looked up by the caller, since zone data are the machine's.</param>
/// <param name="RestDays">Days of the week that are no working days.</param>
/// <param name="Holidays">Public holidays of the years <paramref name="FirstYear"/> to <paramref name="LastYear"/>; of other years none is known.</param>
public sealed record WorkCalendar(
    string Jurisdiction, TimeZoneInfo Zone, IReadOnlySet<DayOfWeek> RestDays, IReadOnlySet<DateOnly> Holidays, int FirstYear, int LastYear)
{
    /// <summary>The local day of an instant.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);

    /// <summary>
    /// First instant of a local day, UTC. Where the clock jumps over midnight it is the first instant after the jump; where midnight comes twice, the
    /// first of the two.
    /// </summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (Zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>Whether it is a working day, as far as the table knows.</summary>
    public bool IsWorkingDay(DateOnly day) => !RestDays.Contains(day.DayOfWeek) && !Holidays.Contains(day);

    /// <summary>Whether the table has the holidays of the day's year. If not, a deadline there may fall on one unseen.</summary>
    public bool Knows(DateOnly day) => day.Year >= FirstYear && day.Year <= LastYear;
}

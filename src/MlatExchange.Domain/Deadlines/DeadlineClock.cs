namespace MlatExchange.Domain.Deadlines;

/// <summary>Time in which the clock stands still, such as while a clarification is owed. UTC; the end is not part of it, null while it still stands.</summary>
public sealed record StoppedTime(DateTimeOffset From, DateTimeOffset? To);

/// <summary>
/// From rule, start, stopped time and calendar to the instant at which a term ends. Whatever stops a clock never brings the end nearer.
/// </summary>
/// <remarks>
/// A day on which the clock stood still at any moment is not counted. No text of the table says otherwise; to be confirmed by counsel.
/// </remarks>
public static class DeadlineClock
{
    /// <param name="start">Instant of the event that starts the clock; null while it has not happened.</param>
    /// <param name="stopped">In any order; may overlap.</param>
    /// <param name="calendar">Of the duty-bound authority's jurisdiction.</param>
    /// <param name="extended">Whether the extension of the rule was granted.</param>
    public static Deadline Run(DeadlineRule rule, DateTimeOffset? start, IReadOnlyList<StoppedTime> stopped, WorkCalendar calendar, bool extended = false)
    {
        var amount = rule.Amount + (extended ? rule.Extension?.Amount ?? 0 : 0);
        var deadline = new Deadline(rule, calendar, start, amount, extended && rule.Extension is not null);
        if (start is not { } at || rule.Unit == DeadlineUnit.None)
            return deadline;
        if (rule.Unit == DeadlineUnit.AtOnce)
            return deadline with { Due = at };
        return rule.Unit == DeadlineUnit.Hours ? Hours(deadline, at, Joined(stopped)) : Days(deadline, at, Joined(stopped));
    }

    private static Deadline Hours(Deadline deadline, DateTimeOffset start, List<StoppedTime> stopped)
    {
        var begins = deadline.Rule.Counting == Counting.Regulation1182 ? NextHour(start, deadline.Calendar.Zone) : start.ToUniversalTime();
        var due = begins.AddHours(deadline.Amount);
        var still = TimeSpan.Zero;
        foreach (var stop in stopped)
        {
            if (stop.From >= due || stop.To <= begins)
                continue;
            if (stop.To is not { } resumed)
                return deadline with { StoppedSince = stop.From };
            var length = resumed - (stop.From > begins ? stop.From : begins);
            (due, still) = (due + length, still + length);
        }

        return deadline with { Due = due, StoodStill = still };
    }

    private static Deadline Days(Deadline deadline, DateTimeOffset start, List<StoppedTime> stopped)
    {
        var (rule, calendar) = (deadline.Rule, deadline.Calendar);
        var first = calendar.DayOf(start);
        // The last day the text alone would give; days of stopped time are added one for one behind it.
        var last = rule.Unit switch
        {
            DeadlineUnit.Weeks => first.AddDays(7 * deadline.Amount),
            DeadlineUnit.Months => first.AddMonths(deadline.Amount),
            _ => first,
        };
        var toCount = rule.Unit is DeadlineUnit.Weeks or DeadlineUnit.Months ? last.DayNumber - first.DayNumber : deadline.Amount;
        var skipped = 0;
        for (last = first; toCount > 0;)
        {
            last = last.AddDays(1);
            var stop = StopOn(last, stopped, calendar);
            if (stop is { To: null })
                return deadline with { StoppedSince = stop.From };
            if (stop is not null)
                skipped++;
            else if (rule.Unit != DeadlineUnit.WorkingDays || calendar.IsWorkingDay(last))
                toCount--;
        }

        var ends = rule.Counting == Counting.Regulation1182 && rule.Unit != DeadlineUnit.WorkingDays ? Moved(first, last, deadline, calendar) : last;
        return deadline with
        {
            Due = calendar.StartOf(ends.AddDays(1)),
            LastDay = last,
            MovedTo = ends == last ? null : ends,
            DaysNotCounted = skipped,
            HolidaysKnown = calendar.Knows(ends) && calendar.Knows(first),
        };
    }

    /// <summary>Regulation 1182/71, Article 3(4) and (5).</summary>
    private static DateOnly Moved(DateOnly first, DateOnly last, Deadline deadline, WorkCalendar calendar)
    {
        while (!calendar.IsWorkingDay(last))
            last = last.AddDays(1);
        if (deadline.Rule.Unit != DeadlineUnit.Days || deadline.Amount < 2)
            return last;
        var working = 0;
        for (var day = first.AddDays(1); day <= last && working < 2; day = day.AddDays(1))
            working += calendar.IsWorkingDay(day) ? 1 : 0;
        for (; working < 2; working++)
        {
            do
                last = last.AddDays(1);
            while (!calendar.IsWorkingDay(last));
        }

        return last;
    }

    private static StoppedTime? StopOn(DateOnly day, List<StoppedTime> stopped, WorkCalendar calendar)
    {
        if (stopped.Count == 0)
            return null;
        var (from, to) = (calendar.StartOf(day), calendar.StartOf(day.AddDays(1)));
        return stopped.Find(stop => stop.From < to && (stop.To is null || stop.To > from));
    }

    /// <summary>Article 3(1): the hour in which the event occurs does not count; local hours, because some zones are not whole hours from UTC.</summary>
    private static DateTimeOffset NextHour(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return at.ToUniversalTime().AddTicks(TimeSpan.TicksPerHour - (local.TimeOfDay.Ticks % TimeSpan.TicksPerHour));
    }

    /// <summary>In order, overlapping ones joined: time that two reasons stopped is stopped once.</summary>
    private static List<StoppedTime> Joined(IReadOnlyList<StoppedTime> stopped)
    {
        var joined = new List<StoppedTime>(stopped.Count);
        foreach (var stop in stopped.Where(s => s.To is null || s.To > s.From).OrderBy(s => s.From))
        {
            if (joined is [.., var before] && (before.To is null || before.To >= stop.From))
                joined[^1] = before with { To = before.To is null || stop.To is null ? null : stop.To > before.To ? stop.To : before.To };
            else
                joined.Add(stop);
        }

        return joined;
    }
}

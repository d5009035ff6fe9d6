namespace MlatExchange.Domain.Deadlines;

/// <summary>A term in a case.</summary>
/// <param name="Met">When the duty was met; null while it is not.</param>
public sealed record CaseTerm(Deadline Deadline, DateTimeOffset? Met = null)
{
    /// <summary>Over at <paramref name="now"/>, and not met in time.</summary>
    public bool IsOver(DateTimeOffset now) => Deadline.At(now, Met) is DeadlineStanding.Late;
}

/// <summary>The tables that deadlines are counted with.</summary>
public sealed record DeadlineTables(DeadlineRules Rules, WorkCalendars Calendars)
{
    /// <summary>A term of the table that binds <paramref name="jurisdiction"/>.</summary>
    public CaseTerm Term(string rule, string jurisdiction, DateTimeOffset? start, DateTimeOffset? met) =>
        new(DeadlineClock.Run(Rules[rule], start, [], Calendars.Of(jurisdiction)), met);

    /// <summary>A term of a pack.</summary>
    public CaseTerm Term(Assessment.Term term, DutyBound duty, string starts, string jurisdiction, DateTimeOffset? start, DateTimeOffset? met) =>
        new(DeadlineClock.Run(Rules.Of(term, duty, starts), start, [], Calendars.Of(jurisdiction)), met);
}

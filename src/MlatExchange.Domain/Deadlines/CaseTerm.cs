namespace MlatExchange.Domain.Deadlines;

/// <summary>A term in a case.</summary>
/// <param name="Met">When the duty was met; null while it is not.</param>
public sealed record CaseTerm(Deadline Deadline, DateTimeOffset? Met = null)
{
    /// <summary>Over at <paramref name="now"/>, and not met in time.</summary>
    public bool IsOver(DateTimeOffset now) => Deadline.At(now, Met) is DeadlineStanding.Late;
}

/// <summary>A question of the executing side about a request, and when it was answered: its clock stands still in between where the law says so (EEV 10(6)).</summary>
/// <param name="Message">Digest of the message that asked, as far as this side knows it.</param>
public sealed record Clarification(string Message, DateTimeOffset AskedAt, DateTimeOffset? AnsweredAt = null);

/// <summary>The tables that deadlines are counted with.</summary>
public sealed record DeadlineTables(DeadlineRules Rules, WorkCalendars Calendars)
{
    /// <summary>A term of the table that binds <paramref name="jurisdiction"/>.</summary>
    public CaseTerm Term(string rule, string jurisdiction, DateTimeOffset? start, DateTimeOffset? met, IReadOnlyList<Clarification>? asked = null) =>
        Of(Rules[rule], jurisdiction, start, met, asked ?? []);

    /// <summary>A term of a pack.</summary>
    public CaseTerm Term(Assessment.Term term, DutyBound duty, string starts, string jurisdiction, DateTimeOffset? start, DateTimeOffset? met, IReadOnlyList<Clarification> asked) =>
        Of(Rules.Of(term, duty, starts), jurisdiction, start, met, asked);

    private CaseTerm Of(DeadlineRule rule, string jurisdiction, DateTimeOffset? start, DateTimeOffset? met, IReadOnlyList<Clarification> asked) => new(
        DeadlineClock.Run(
            rule, start, rule.Stops.Contains(DeadlineEvents.Clarification) ? [.. asked.Select(a => new StoppedTime(a.AskedAt, a.AnsweredAt))] : [], Calendars.Of(jurisdiction)),
        met);
}

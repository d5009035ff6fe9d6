namespace MlatExchange.Domain.Deadlines;

/// <summary>A term in a case.</summary>
/// <param name="Met">When the duty was met; null while it is not.</param>
/// <param name="Delay">The newest notice of delay while the duty was owed; null where none came.</param>
public sealed record CaseTerm(Deadline Deadline, DateTimeOffset? Met = null, DelayNotice? Delay = null)
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

    /// <summary>
    /// A term of a pack that the executing side may have said it cannot keep. Said while the term ran, it gives the extension that the law attaches to saying so, where it
    /// attaches one (EIO 12(5)); said later, or of another term, it moves nothing and is only shown.
    /// </summary>
    public CaseTerm Delayed(
        Assessment.Term term, string starts, string jurisdiction, DateTimeOffset? start, DateTimeOffset? met, IReadOnlyList<Clarification> asked, IReadOnlyList<DelayNotice> delays)
    {
        var rule = Rules.Of(term, DutyBound.Requested, starts);
        var plain = Of(rule, jurisdiction, start, met, asked);
        var told = delays.Where(delay => delay.At >= start && (met is null || delay.At <= met)).ToList();
        var shown = told.Exists(delay => delay.At <= plain.Deadline.Due) ? Of(rule, jurisdiction, start, met, asked, extended: true) : plain;
        return shown with { Delay = told.LastOrDefault() };
    }

    /// <summary>The term of a preservation, which is met once production follows.</summary>
    /// <param name="extended">Whether the sender extended it.</param>
    public CaseTerm Preserving(Assessment.Term term, string jurisdiction, DateTimeOffset? start, DateTimeOffset? met, IReadOnlyList<Clarification> asked, bool extended) =>
        Of(Rules.Of(term, DutyBound.Requested, DeadlineEvents.Delivery), jurisdiction, start, met, asked, extended);

    private CaseTerm Of(DeadlineRule rule, string jurisdiction, DateTimeOffset? start, DateTimeOffset? met, IReadOnlyList<Clarification> asked, bool extended = false) => new(
        DeadlineClock.Run(
            rule, start, rule.Stops.Contains(DeadlineEvents.Clarification) ? [.. asked.Select(a => new StoppedTime(a.AskedAt, a.AnsweredAt))] : [], Calendars.Of(jurisdiction), extended),
        met);
}

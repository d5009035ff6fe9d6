using MlatExchange.Domain.Assessment;

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
    public CaseTerm Term(Term term, DutyBound duty, string starts, string jurisdiction, DateTimeOffset? start, DateTimeOffset? met, IReadOnlyList<Clarification> asked) =>
        Of(Rules.Of(term, duty, starts), jurisdiction, start, met, asked);

    /// <summary>
    /// A term of a pack that the executing side may have said it cannot keep. Said while the term ran, it gives the extension that the law attaches to saying so, where it
    /// attaches one (EIO 12(5)); said later, or of another term, it moves nothing and is only shown.
    /// </summary>
    public CaseTerm Delayed(
        Term term, string starts, string jurisdiction, DateTimeOffset? start, DateTimeOffset? met, IReadOnlyList<Clarification> asked, IReadOnlyList<DelayNotice> delays)
    {
        var rule = Rules.Of(term, DutyBound.Requested, starts);
        var plain = Of(rule, jurisdiction, start, met, asked);
        var told = delays.Where(delay => delay.At >= start && (met is null || delay.At <= met)).ToList();
        var shown = told.Exists(delay => delay.At <= plain.Deadline.Due) ? Of(rule, jurisdiction, start, met, asked, extended: true) : plain;
        return shown with { Delay = told.LastOrDefault() };
    }

    /// <summary>
    /// The time of the enforcing authority to raise a ground for refusal (EEV 12(1)). It runs from its notification; where an order went ahead without the notification, because
    /// the law asks for none, from the delivery of the order.
    /// </summary>
    /// <param name="owed">Whether the authority is to be notified.</param>
    public CaseTerm Grounds(RequestFacts facts, bool owed, DateTimeOffset? notified, DateTimeOffset? delivered, DateTimeOffset? met)
    {
        var rule = Rules[facts.Urgency.Kind == Codes.Emergency ? "eev-grounds-emergency" : "eev-grounds"];
        return Of(notified is not null || owed ? rule : rule with { Starts = DeadlineEvents.Delivery }, facts.Addressee.Jurisdiction, notified ?? (owed ? null : delivered), met, []);
    }

    /// <summary>The term of a preservation, which is met once production follows.</summary>
    /// <param name="extended">Whether the sender extended it.</param>
    public CaseTerm Preserving(Term term, string jurisdiction, DateTimeOffset? start, DateTimeOffset? met, IReadOnlyList<Clarification> asked, bool extended) =>
        Of(Rules.Of(term, DutyBound.Requested, DeadlineEvents.Delivery), jurisdiction, start, met, asked, extended);

    private CaseTerm Of(DeadlineRule rule, string jurisdiction, DateTimeOffset? start, DateTimeOffset? met, IReadOnlyList<Clarification> asked, bool extended = false) => new(
        DeadlineClock.Run(
            rule, start, rule.Stops.Contains(DeadlineEvents.Clarification) ? [.. asked.Select(a => new StoppedTime(a.AskedAt, a.AnsweredAt))] : [], Calendars.Of(jurisdiction), extended),
        met);
}

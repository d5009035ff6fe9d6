namespace MlatExchange.Domain.Deadlines;

/// <summary>A term that runs, or would.</summary>
/// <param name="Start">When its clock started; null while it has not.</param>
/// <param name="Amount">Units in all, the extension included.</param>
/// <param name="Due">Last instant, UTC; null while the clock has not started or stands still, or where the text sets no term.</param>
/// <param name="StoppedSince">Since when the clock stands still; null where it runs.</param>
/// <param name="LastDay">The last day as counted, local.</param>
/// <param name="MovedTo">The day on which it ends instead, where the last is no working day.</param>
/// <param name="DaysNotCounted">Days on which the clock stood still.</param>
/// <param name="StoodStill">The same for a term in hours.</param>
/// <param name="HolidaysKnown">False where the table has no holidays for the years concerned.</param>
public sealed record Deadline(
    DeadlineRule Rule,
    WorkCalendar Calendar,
    DateTimeOffset? Start,
    int Amount,
    bool Extended,
    DateTimeOffset? Due = null,
    DateTimeOffset? StoppedSince = null,
    DateOnly? LastDay = null,
    DateOnly? MovedTo = null,
    int DaysNotCounted = 0,
    TimeSpan StoodStill = default,
    bool HolidaysKnown = true)
{
    /// <summary>How the term stands at an instant.</summary>
    /// <param name="met">When the duty was met; null while it is not.</param>
    public DeadlineStanding At(DateTimeOffset now, DateTimeOffset? met = null) => this switch
    {
        { Rule.Unit: DeadlineUnit.None } => met is null ? DeadlineStanding.NoTerm : DeadlineStanding.Met,
        { Start: null } => DeadlineStanding.NotStarted,
        { StoppedSince: not null } => met is null ? DeadlineStanding.Stopped : DeadlineStanding.Met,
        _ when met is { } done => done > Due ? DeadlineStanding.MetLate : DeadlineStanding.Met,
        _ => now > Due ? DeadlineStanding.Late : now >= Due!.Value.AddHours(-Rule.NearHours) ? DeadlineStanding.Near : DeadlineStanding.Running,
    };
}

/// <summary>How a term stands.</summary>
public enum DeadlineStanding
{
    NotStarted,
    Running,

    /// <summary>Ends soon.</summary>
    Near,

    /// <summary>Over, and the duty is not met.</summary>
    Late,

    /// <summary>The clock stands still.</summary>
    Stopped,
    Met,

    /// <summary>Met after its end.</summary>
    MetLate,

    /// <summary>The text sets none.</summary>
    NoTerm,
}

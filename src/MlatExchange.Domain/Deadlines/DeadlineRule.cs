using MlatExchange.Domain.RulePacks;

namespace MlatExchange.Domain.Deadlines;

/// <summary>A term of law as data: whose duty, from which event, how long and how it is counted.</summary>
/// <param name="Id">Slug, such as <c>eev-production</c>.</param>
/// <param name="Source">Article, such as <c>EEV 10(3)</c>; <c>design</c> for a term of this system.</param>
/// <param name="Duty">Role of whoever is bound; its jurisdiction's zone and holidays count.</param>
/// <param name="Starts">Code of the event that starts the clock.</param>
/// <param name="Amount">Number of units; 0 for <see cref="DeadlineUnit.AtOnce"/> and <see cref="DeadlineUnit.None"/>.</param>
/// <param name="Counting">How days and hours are counted.</param>
/// <param name="Stops">Codes of the events that stop the clock until they are answered; empty where nothing does.</param>
/// <param name="Extension">What a granted extension adds, counted from the same start; null where there is none.</param>
/// <param name="NearHours">From how many hours before its end the term is shown as near.</param>
/// <param name="OnExpiry">Codes of what follows when it runs out.</param>
/// <param name="English">What is to be done, in a sentence without its end: "The addressee produces the data".</param>
/// <param name="French">The same.</param>
public sealed record DeadlineRule(
    string Id,
    string Source,
    Certainty Certainty,
    DutyBound Duty,
    string Starts,
    DeadlineUnit Unit,
    int Amount,
    Counting Counting,
    IReadOnlyList<string> Stops,
    DeadlineExtension? Extension,
    int NearHours,
    IReadOnlyList<string> OnExpiry,
    string English,
    string French);

/// <summary>What a granted extension adds.</summary>
public sealed record DeadlineExtension(string Source, int Amount);

/// <summary>What a term is counted in.</summary>
public enum DeadlineUnit
{
    /// <summary>Hours run through nights, weekends and holidays.</summary>
    Hours,

    /// <summary>Calendar days.</summary>
    Days,

    WorkingDays,

    /// <summary>Ends on the same day of the week.</summary>
    Weeks,

    /// <summary>Ends on the same date, or on the last day of a month that lacks it.</summary>
    Months,

    /// <summary>The text asks for it at once: due when the event happens.</summary>
    AtOnce,

    /// <summary>The text sets no term; said, so that nobody takes silence for time.</summary>
    None,
}

/// <summary>How a term is counted.</summary>
public enum Counting
{
    /// <summary>Days: the event's own day does not count, the last ends at midnight, whatever day it is. Hours: from the event's instant.</summary>
    Plain,

    /// <summary>
    /// Regulation (EEC, Euratom) No 1182/71: the event's own day or hour does not count; a period of days, weeks or months that would end on a holiday,
    /// Saturday or Sunday ends with the next working day, and one of two days or more has at least two working days.
    /// </summary>
    Regulation1182,
}

/// <summary>Whose duty it is.</summary>
public enum DutyBound
{
    Requesting,
    Requested,
}

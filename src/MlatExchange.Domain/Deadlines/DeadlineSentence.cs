using System.Globalization;
using MlatExchange.Domain.RulePacks;

namespace MlatExchange.Domain.Deadlines;

/// <summary>A deadline in words: what is to be done, by when, and how that was counted, so that an official can count it again by hand.</summary>
public static class DeadlineSentence
{
    /// <param name="language"><c>fr</c> for French; anything else reads English.</param>
    public static string Of(Deadline deadline, string language) =>
        (language.StartsWith("fr", StringComparison.Ordinal) ? French(deadline) : English(deadline)) + Doubt(deadline.Rule.Certainty, language);

    /// <summary>The sentence of a term in a case, and what the executing side said of it.</summary>
    public static string Of(CaseTerm term, string language) => term.Delay is not { } delay ? Of(term.Deadline, language)
        : $"{Of(term.Deadline, language)} {(language.StartsWith("fr", StringComparison.Ordinal) ? Delayed(delay, term.Deadline, ("Retard annoncé le", "motif", "jusqu'au", "le délai est prolongé", "le délai reste le même")) : Delayed(delay, term.Deadline, ("A delay was announced on", "reason", "until", "the term is extended", "the term stays as it is")))}";

    /// <summary>The same, and for a term that is over unmet what follows: only what the law says.</summary>
    public static string Of(CaseTerm term, string language, DateTimeOffset now)
    {
        var french = language.StartsWith("fr", StringComparison.Ordinal);
        return Of(term, language) + (term.IsOver(now) && DeadlineWords.Ending(term.Deadline.Rule, french) is { } ending ? french ? $" Délai expiré : {ending}." : $" It is over: {ending}." : "");
    }

    private static string Delayed(DelayNotice delay, Deadline d, (string Announced, string Reason, string Until, string Extended, string Stays) words) =>
        $"{words.Announced} {Instant(delay.At)} ({words.Reason}: {delay.Ground}){(delay.Until is { } until ? $", {words.Until} {Instant(until)}" : "")}: {(d.Extended ? $"{words.Extended} ({d.Rule.Extension!.Source})" : words.Stays)}.";

    private static string English(Deadline d)
    {
        if (d.Rule.Unit == DeadlineUnit.None)
            return $"{d.Rule.English}; {d.Rule.Source} sets no term for it.";
        if (d.Rule.Unit == DeadlineUnit.AtOnce)
            return $"{d.Rule.English} at once ({d.Rule.Source}){(d.Start is { } at ? $": since {Instant(at)}" : $": once {DeadlineWords.Event(d.Rule.Starts, false)} has happened")}.";
        var head = $"{d.Rule.English} within {DeadlineWords.Length(d.Rule.Unit, d.Amount, false)} ({Sources(d)})";
        if (d.Start is not { } start)
            return $"{head}: the clock starts with {DeadlineWords.Event(d.Rule.Starts, false)}.";
        var from = $"{head}, counted from {DeadlineWords.Event(d.Rule.Starts, false)} on {DeadlineWords.Moment(start, d.Calendar.Zone, false)}";
        if (d.StoppedSince is { } stopped)
            return $"{from}; the clock stands still since {Instant(stopped)}.";
        if (d.Rule.Unit == DeadlineUnit.Hours)
            return $"{from}, through nights, weekends and holidays{(d.StoodStill > TimeSpan.Zero ? $"; the clock stood still for {Hours(d.StoodStill)}" : "")}: until {DeadlineWords.Moment(d.Due!.Value, d.Calendar.Zone, false)}, {Instant(d.Due.Value)}.";
        return $"{from}, that day not included{(d.DaysNotCounted > 0 ? $" and {d.DaysNotCounted} days left out on which the clock stood still" : "")}: "
            + $"the last day is {DeadlineWords.Day(d.LastDay!.Value, false)}{(d.MovedTo is { } moved ? $", {(d.Calendar.IsWorkingDay(d.LastDay.Value) ? "which leaves fewer than two working days" : "which is no working day")}, so it ends with {DeadlineWords.Day(moved, false)}" : "")}, "
            + $"that is {Instant(d.Due!.Value)}.{(d.HolidaysKnown ? "" : $" The public holidays of {d.Calendar.Jurisdiction} in these years are not known here.")}";
    }

    private static string French(Deadline d)
    {
        if (d.Rule.Unit == DeadlineUnit.None)
            return $"{d.Rule.French} ; {d.Rule.Source} ne fixe pas de délai.";
        if (d.Rule.Unit == DeadlineUnit.AtOnce)
            return $"{d.Rule.French} sans délai ({d.Rule.Source}){(d.Start is { } at ? $" : depuis {Instant(at)}" : $" : dès {DeadlineWords.Event(d.Rule.Starts, true)}")}.";
        var head = $"{d.Rule.French} dans un délai de {DeadlineWords.Length(d.Rule.Unit, d.Amount, true)} ({Sources(d)})";
        if (d.Start is not { } start)
            return $"{head} : le délai commence avec {DeadlineWords.Event(d.Rule.Starts, true)}.";
        var from = $"{head}, compté à partir de {DeadlineWords.Event(d.Rule.Starts, true)} le {DeadlineWords.Moment(start, d.Calendar.Zone, true)}";
        if (d.StoppedSince is { } stopped)
            return $"{from} ; le délai est suspendu depuis {Instant(stopped)}.";
        if (d.Rule.Unit == DeadlineUnit.Hours)
            return $"{from}, nuits, fins de semaine et jours fériés compris{(d.StoodStill > TimeSpan.Zero ? $" ; suspendu pendant {Hours(d.StoodStill)}" : "")} : jusqu'au {DeadlineWords.Moment(d.Due!.Value, d.Calendar.Zone, true)}, {Instant(d.Due.Value)}.";
        return $"{from}, ce jour non compris{(d.DaysNotCounted > 0 ? $" et {d.DaysNotCounted} jours de suspension non comptés" : "")} : "
            + $"le dernier jour est le {DeadlineWords.Day(d.LastDay!.Value, true)}{(d.MovedTo is { } moved ? $", {(d.Calendar.IsWorkingDay(d.LastDay.Value) ? "ce qui laisse moins de deux jours ouvrables" : "qui n'est pas un jour ouvrable")} ; le délai prend fin le {DeadlineWords.Day(moved, true)}" : "")}, "
            + $"soit {Instant(d.Due!.Value)}.{(d.HolidaysKnown ? "" : $" Les jours fériés de {d.Calendar.Jurisdiction} pour ces années ne sont pas connus ici.")}";
    }

    private static string Sources(Deadline d) => d.Extended ? $"{d.Rule.Source}, {d.Rule.Extension!.Source}" : d.Rule.Source;

    private static string Instant(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Hours(TimeSpan still) => string.Create(CultureInfo.InvariantCulture, $"{(int)still.TotalHours} h {still.Minutes:00} min");

    private static string Doubt(Certainty certainty, string language) => certainty == Certainty.M ? Sentences.Suffix(certainty, language.StartsWith("fr", StringComparison.Ordinal) ? 1 : 0) : "";
}

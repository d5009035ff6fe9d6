using System.Globalization;

namespace MlatExchange.Domain.Deadlines;

/// <summary>Days, lengths and events in words; own tables, so that the machine's cultures change no sentence.</summary>
internal static class DeadlineWords
{
    private static readonly string[] Days = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];

    private static readonly string[] Months =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    public static string Day(DateOnly day, bool french) => french
        ? string.Create(CultureInfo.InvariantCulture, $"{Days[(int)day.DayOfWeek]} {day.Day} {Months[day.Month - 1]} {day.Year}")
        : day.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Local day and time.</summary>
    public static string Moment(DateTimeOffset at, TimeZoneInfo zone, bool french)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return $"{Day(DateOnly.FromDateTime(local.DateTime), french)}, {local.ToString("HH:mm", CultureInfo.InvariantCulture)} ({zone.Id})";
    }

    public static string Length(DeadlineUnit unit, int amount, bool french)
    {
        var one = amount == 1;
        var name = unit switch
        {
            DeadlineUnit.Hours => french ? (one ? "heure" : "heures") : one ? "hour" : "hours",
            DeadlineUnit.WorkingDays => french ? (one ? "jour ouvrable" : "jours ouvrables") : one ? "working day" : "working days",
            DeadlineUnit.Weeks => french ? (one ? "semaine" : "semaines") : one ? "week" : "weeks",
            DeadlineUnit.Months => french ? "mois" : one ? "month" : "months",
            _ => french ? (one ? "jour" : "jours") : one ? "day" : "days",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{amount} {name}");
    }

    /// <summary>The event that starts a clock. The codes are those of <see cref="DeadlineEvents"/>.</summary>
    public static string Event(string code, bool french) => DeadlineEvents.Words[code] is var (english, inFrench) && french ? inFrench : english;
}

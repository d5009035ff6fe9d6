using System.Collections.Frozen;
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

    private static readonly FrozenDictionary<string, (string English, string French)> AfterTheEnd = new Dictionary<string, (string, string)>
    {
        ["non-delivery"] = ("the message counts as not delivered", "le message est réputé non remis"),
        ["production-goes-ahead"] = ("production goes ahead", "la production a lieu"),
        ["production-stands"] = ("what was produced stands", "ce qui a été produit reste acquis"),
        ["addressee-freed"] = ("the addressee need not go on preserving", "le destinataire n'est plus tenu de conserver"),
        ["enforcement-may-be-asked"] = (
            "the order stands and nothing ends by itself: the issuing authority may ask the enforcing authority to enforce it (EEV 16)",
            "l'injonction reste valable et rien ne prend fin de plein droit : l'autorité d'émission peut demander à l'autorité chargée de l'exécution de la faire exécuter (EEV 16)"),
        ["withdrawal"] = ("the order is withdrawn", "l'injonction est retirée"),
        ["restriction"] = ("what was obtained may not be used", "ce qui a été obtenu ne peut être utilisé"),
        ["destruction at the holder"] = ("the holder destroys what it obtained", "le détenteur détruit ce qu'il a obtenu"),
        ["destruction certificate"] = ("and certifies it", "et le certifie"),
        ["released"] = ("the data are let go", "les données ne sont plus conservées"),
        ["visible to both sides"] = ("both sides see it", "les deux parties le voient"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Codes of what may follow the end of a term: a closed set, since code acts on them.</summary>
    public static IReadOnlySet<string> Endings { get; } = AfterTheEnd.Keys.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What follows when the term ends unmet, in one clause; null where the law says nothing.</summary>
    public static string? Ending(DeadlineRule rule, bool french)
    {
        var known = rule.OnExpiry.Where(AfterTheEnd.ContainsKey).Select(code => french ? AfterTheEnd[code].French : AfterTheEnd[code].English).ToList();
        return known.Count == 0 ? null : string.Join(", ", known);
    }

    /// <summary>The event that starts a clock. The codes are those of <see cref="DeadlineEvents"/>.</summary>
    public static string Event(string code, bool french) => DeadlineEvents.Words[code] is var (english, inFrench) && french ? inFrench : english;
}

using System.Globalization;
using System.Text.Json;

namespace MlatExchange.Domain.Deadlines;

/// <summary>The calendars of the jurisdictions, read from <c>calendars.json</c>.</summary>
public sealed class WorkCalendars
{
    private static readonly Dictionary<string, DayOfWeek> Weekdays = Enum.GetValues<DayOfWeek>()
        .ToDictionary(d => d.ToString().ToLowerInvariant(), d => d, StringComparer.Ordinal);

    private static readonly HashSet<string> WeekdayCodes = [.. Weekdays.Keys];
    private readonly Dictionary<string, WorkCalendar> byJurisdiction;

    private WorkCalendars(Dictionary<string, WorkCalendar> all) => byJurisdiction = all;

    /// <summary>The jurisdiction's calendar. One that is not listed gets UTC, no rest day and no known holiday: its sentences then say so.</summary>
    public WorkCalendar Of(string jurisdiction) => byJurisdiction.TryGetValue(jurisdiction, out var found)
        ? found
        : new(jurisdiction, TimeZoneInfo.Utc, new HashSet<DayOfWeek>(), new HashSet<DateOnly>(), 1, 0);

    /// <param name="zone">Finds the machine's zone of an IANA name; null when it has none.</param>
    public static Reading<WorkCalendars> Load(ReadOnlyMemory<byte> utf8, Func<string, TimeZoneInfo?> zone)
    {
        var faults = new List<MemberFault>();
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 8 });
            var root = new StrictObject(document.RootElement, "", faults, complete: false);
            root.OptionalText("$schema", 300);
            var read = new Dictionary<string, WorkCalendar>(StringComparer.Ordinal);
            foreach (var o in root.Objects("calendars", 1, 300))
            {
                var calendar = Calendar(o, zone);
                if (!read.TryAdd(calendar.Jurisdiction, calendar))
                    o.Fault("jurisdiction", "duplicate-reference", "Each may stand only once.");
                o.Close();
            }

            root.Close();
            return faults.Count > 0 ? new(null, faults) : new(new WorkCalendars(read), faults);
        }
        catch (JsonException problem)
        {
            return new(null, [new("", "malformed-json", $"Not a JSON document: line {problem.LineNumber + 1}.")]);
        }
    }

    private static WorkCalendar Calendar(StrictObject o, Func<string, TimeZoneInfo?> zone)
    {
        var found = zone(o.Formed("zone", Form.Printed(60)));
        if (found is null && o.Present)
            o.Fault("zone", "unknown-code", "This machine knows no such time zone.");
        var (first, last) = (o.Whole("firstYear", 1900, 9998), o.Whole("lastYear", 1900, 9998));
        var days = new HashSet<DateOnly>();
        foreach (var (text, i) in o.Texts("holidays", 5000, 10).Select((text, i) => (text, i)))
        {
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                o.Fault($"holidays/{i}", "malformed-date", "A day is written yyyy-MM-dd.");
            else if (day.Year < first || day.Year > last)
                o.Fault($"holidays/{i}", "out-of-range", "The day lies outside the years that the table covers.");
            days.Add(day);
        }

        return new(
            o.Formed("jurisdiction", Form.Jurisdiction), found ?? TimeZoneInfo.Utc,
            o.Codes("restDays", 6, WeekdayCodes).Where(WeekdayCodes.Contains).Select(d => Weekdays[d]).ToHashSet(), days, first, last);
    }
}

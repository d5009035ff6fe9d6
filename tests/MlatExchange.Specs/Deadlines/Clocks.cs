using System.Globalization;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Specs.RulePacks;

namespace MlatExchange.Specs.Deadlines;

/// <summary>The table of terms and the calendars of this repository.</summary>
public static class Clocks
{
    public static DeadlineRules Rules { get; } = DeadlineRules.Load(Read("deadlines.json")).Value!;

    public static WorkCalendars Calendars { get; } = WorkCalendars.Load(Read("calendars.json"), Zone).Value!;

    public static TimeZoneInfo? Zone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    public static byte[] Read(string file) => File.ReadAllBytes(Path.Combine(Packs.Folder, file));

    /// <summary>Such as <c>2026-03-19T12:05Z</c>.</summary>
    public static DateTimeOffset At(string utc) => DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static Deadline Run(string rule, string jurisdiction, string start, bool extended = false, params (string From, string? To)[] stopped) => DeadlineClock.Run(
        Rules[rule], At(start), [.. stopped.Select(s => new StoppedTime(At(s.From), s.To is null ? null : At(s.To)))], Calendars.Of(jurisdiction), extended);

    /// <summary>The same term counted in something else.</summary>
    public static DeadlineRule In(this DeadlineRule rule, DeadlineUnit unit, int amount, Counting counting = Counting.Regulation1182) =>
        rule with { Unit = unit, Amount = amount, Counting = counting, Extension = null };
}

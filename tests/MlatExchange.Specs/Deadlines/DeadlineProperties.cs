using MlatExchange.Domain.Deadlines;
using static MlatExchange.Specs.Deadlines.Clocks;

namespace MlatExchange.Specs.Deadlines;

/// <summary>What holds of every term, tried over thousands made from a fixed seed.</summary>
public class DeadlineProperties
{
    private static readonly string[] Jurisdictions = ["XA", "XB", "XC", "XZ"];

    [Fact]
    public void A_stopped_clock_never_brings_an_end_nearer()
    {
        foreach (var (rule, start, calendar, random) in Any(4000))
        {
            var stops = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Stop(start, random)).ToList();
            var due = DeadlineClock.Run(rule, start, [], calendar).Due;
            for (var i = 1; i <= stops.Count; i++)
            {
                var later = DeadlineClock.Run(rule, start, [.. stops.Take(i)], calendar);
                Assert.True(later.Due is null ? later.StoppedSince is not null : later.Due >= due, $"{rule.Id} {start:O}: {later.Due:O} before {due:O}");
                if (later.Due is null) break;
                due = later.Due;
            }
        }
    }

    [Fact]
    public void Neither_a_later_start_nor_an_extension_nor_a_higher_number_brings_it_nearer()
    {
        foreach (var (rule, start, calendar, random) in Any(4000))
        {
            var due = DeadlineClock.Run(rule, start, [], calendar).Due;
            Assert.True(DeadlineClock.Run(rule, start.AddMinutes(random.Next(3000)), [], calendar).Due >= due);
            Assert.True(DeadlineClock.Run(rule, start, [], calendar, extended: true).Due >= due);
            Assert.True(DeadlineClock.Run(rule with { Amount = rule.Amount + 1 }, start, [], calendar).Due >= due);
        }
    }

    [Fact]
    public void A_term_in_days_gives_whole_local_days_and_ends_at_a_local_midnight()
    {
        foreach (var (rule, start, calendar, _) in Any(2000).Where(any => any.Rule.Unit is DeadlineUnit.Days or DeadlineUnit.WorkingDays))
        {
            var due = DeadlineClock.Run(rule, start, [], calendar).Due!.Value;
            Assert.Equal(TimeSpan.Zero, TimeZoneInfo.ConvertTime(due, calendar.Zone).TimeOfDay);
            Assert.True(calendar.DayOf(due).DayNumber - calendar.DayOf(start).DayNumber > rule.Amount);
            if (rule.Counting == Counting.Regulation1182) Assert.True(calendar.IsWorkingDay(calendar.DayOf(due.AddTicks(-1))));
        }
    }

    private static IEnumerable<(DeadlineRule Rule, DateTimeOffset Start, WorkCalendar Calendar, Random Random)> Any(int count)
    {
        var random = new Random(20261122);
        var rules = Rules.All.Where(r => r.Amount > 0).ToList();
        for (var n = 0; n < count; n++)
        {
            var rule = rules[random.Next(rules.Count)];
            if (random.Next(3) == 0) rule = rule.In((DeadlineUnit)random.Next(5), random.Next(1, 70), (Counting)random.Next(2));
            yield return (rule, At("2025-06-01T00:00Z").AddMinutes(random.Next(3 * 366 * 1440)), Calendars.Of(Jurisdictions[random.Next(4)]), random);
        }
    }

    private static StoppedTime Stop(DateTimeOffset start, Random random)
    {
        var from = start.AddMinutes(random.Next(-3000, 60 * 1440));
        return new(from, random.Next(8) == 0 ? null : from.AddMinutes(random.Next(0, 6000)));
    }
}

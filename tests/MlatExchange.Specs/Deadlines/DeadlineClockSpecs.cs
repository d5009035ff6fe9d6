using MlatExchange.Domain.Deadlines;
using static MlatExchange.Specs.Deadlines.Clocks;

namespace MlatExchange.Specs.Deadlines;

/// <summary>Examples counted by hand on a calendar. XA keeps Brussels time, XB Helsinki time, XC Lisbon time; their holidays are synthetic tables.</summary>
public class DeadlineClockSpecs
{
    /// <summary>Term, jurisdiction bound, start, last day as counted, end in UTC, and why.</summary>
    public static TheoryData<string, string, string, string, string, string> Worked => new()
    {
        { "eev-production", "XB", "2026-03-19T12:05Z", "2026-03-29", "2026-03-30T21:00Z", "the tenth day is a Sunday, and that night the clock went forward" },
        { "eev-production", "XB", "2026-03-24T08:00Z", "2026-04-03", "2026-04-07T21:00Z", "Good Friday, weekend, Easter Monday: it ends on Tuesday" },
        { "eev-production", "XA", "2026-03-24T08:00Z", "2026-04-03", "2026-04-03T22:00Z", "in XA Good Friday is a working day" },
        { "eev-production", "XB", "2026-03-18T22:30Z", "2026-03-29", "2026-03-30T21:00Z", "half past midnight in Helsinki is the next day: the nineteenth is not counted" },
        { "eev-production", "XA", "2028-02-20T10:00Z", "2028-03-01", "2028-03-01T23:00Z", "a leap year has a twenty-ninth of February" },
        { "eev-production", "XA", "2027-02-20T10:00Z", "2027-03-02", "2027-03-02T23:00Z", "another year has none" },
        { "eev-production", "XA", "2026-12-21T10:00Z", "2026-12-31", "2026-12-31T23:00Z", "the last day of the year" },
        { "eev-production", "XA", "2026-12-22T10:00Z", "2027-01-01", "2027-01-04T23:00Z", "New Year's Day is a Friday: it ends on Monday" },
        { "eev-production", "XA", "2026-10-15T10:00Z", "2026-10-25", "2026-10-26T23:00Z", "the Sunday on which the clock goes back" },
        { "bc-preservation", "XB", "2026-11-22T10:00Z", "2027-01-21", "2027-01-21T22:00Z", "sixty days over the year's end" },
        { "bc-preservation", "XB", "2026-02-04T10:00Z", "2026-04-05", "2026-04-05T21:00Z", "the Convention moves no end: Easter Sunday it is" },
        { "eio-acknowledgement", "XA", "2026-11-18T23:30Z", "2026-11-26", "2026-11-26T23:00Z", "a week from Thursday, which it was in Brussels, ends on Thursday" },
        { "eio-recognition", "XC", "2026-03-02T12:00Z", "2026-04-01", "2026-04-01T23:00Z", "thirty days" },
        { "eev-enforcement-recognition", "XA", "2026-04-01T09:00Z", "2026-04-09", "2026-04-09T22:00Z", "five working days around Easter" },
        { "eev-enforcement-recognition", "XB", "2026-12-21T09:00Z", "2026-12-30", "2026-12-30T22:00Z", "Tuesday, Wednesday, then Monday to Wednesday: three holidays, one of them on a Saturday" },
    };

    [Theory, MemberData(nameof(Worked))]
    public void A_term_ends_where_counting_by_hand_ends(string rule, string jurisdiction, string start, string last, string due, string why)
    {
        var deadline = Run(rule, jurisdiction, start);
        Assert.True(deadline.Due == At(due), $"{why}: {DeadlineSentence.Of(deadline, "en")}");
        Assert.Equal(DateOnly.ParseExact(last, "yyyy-MM-dd"), deadline.LastDay);
    }

    [Theory]
    [InlineData("eev-production-emergency", "2026-11-20T20:30Z", "2026-11-21T04:30Z", "Friday evening")]
    [InlineData("eev-validation-after", "2026-03-28T10:00Z", "2026-03-30T10:00Z", "the night the clock goes forward is shorter, the hours are not")]
    [InlineData("eev-validation-after", "2026-10-24T10:00Z", "2026-10-26T10:00Z", "the night it goes back is longer, the hours are not")]
    [InlineData("eev-validation-after", "2028-02-28T23:15Z", "2028-03-01T23:15Z", "over a leap day")]
    [InlineData("eev-grounds-emergency", "2026-12-31T18:00Z", "2027-01-04T18:00Z", "over New Year and a weekend")]
    public void Hours_run_through_nights_weekends_and_changes_of_the_clock(string rule, string start, string due, string why) =>
        Assert.True(Run(rule, "XB", start).Due == At(due), why);

    [Theory]
    [InlineData("Europe/Helsinki", "2026-11-20T12:20Z", "2026-11-20T21:00Z")]
    [InlineData("Asia/Kolkata", "2026-11-20T08:50Z", "2026-11-20T17:30Z")]
    [InlineData("Europe/Helsinki", "2026-11-20T12:00Z", "2026-11-20T21:00Z")]
    public void Under_the_Regulation_the_hour_of_the_event_does_not_count(string zone, string start, string due)
    {
        var rule = Rules["eev-production-emergency"].In(DeadlineUnit.Hours, 8);
        var calendar = Calendars.Of("XB") with { Zone = Zone(zone)! };
        Assert.Equal(At(due), DeadlineClock.Run(rule, At(start), [], calendar).Due);
    }

    [Theory]
    [InlineData("2026-10-02T08:00Z", "2026-10-06T22:00Z")]
    [InlineData("2026-10-01T08:00Z", "2026-10-05T22:00Z")]
    [InlineData("2026-09-30T08:00Z", "2026-10-02T22:00Z")]
    public void Two_days_or_more_have_two_working_days_at_least(string start, string due) =>
        Assert.Equal(At(due), DeadlineClock.Run(Rules["eev-production"].In(DeadlineUnit.Days, 2), At(start), [], Calendars.Of("XA")).Due);

    [Theory]
    [InlineData("2028-01-31T10:00Z", "2028-02-29", "2028-02-29T23:00Z")]
    [InlineData("2027-01-31T10:00Z", "2027-02-28", "2027-03-01T23:00Z")]
    [InlineData("2026-03-31T10:00Z", "2026-04-30", "2026-04-30T22:00Z")]
    public void A_month_ends_on_its_date_or_on_the_last_day_of_a_month_that_lacks_it(string start, string last, string due)
    {
        var deadline = DeadlineClock.Run(Rules["eev-production"].In(DeadlineUnit.Months, 1), At(start), [], Calendars.Of("XA"));
        Assert.Equal((DateOnly.ParseExact(last, "yyyy-MM-dd"), At(due)), (deadline.LastDay, deadline.Due));
    }

    [Fact]
    public void Where_the_clock_jumps_over_midnight_the_day_ends_with_the_jump()
    {
        var santiago = Calendars.Of("XA") with { Zone = Zone("America/Santiago")! };
        Assert.Equal(At("2026-09-06T04:00Z"), DeadlineClock.Run(Rules["eev-production"].In(DeadlineUnit.Days, 1, Counting.Plain), At("2026-09-04T15:00Z"), [], santiago).Due);
    }

    [Fact]
    public void Days_on_which_the_clock_stood_still_are_not_counted()
    {
        var deadline = Run("eev-production", "XB", "2026-11-02T08:00Z", false, ("2026-11-05T10:00Z", "2026-11-09T09:00Z"));
        Assert.Equal((At("2026-11-17T22:00Z"), 5), (deadline.Due, deadline.DaysNotCounted));
        Assert.Equal(At("2026-11-12T22:00Z"), Run("eev-production", "XB", "2026-11-02T08:00Z").Due);
        Assert.Contains("5 days left out on which the clock stood still", DeadlineSentence.Of(deadline, "en"), StringComparison.Ordinal);
    }

    [Fact]
    public void While_the_clock_stands_still_nothing_is_due()
    {
        var deadline = Run("eev-production-emergency", "XB", "2026-11-02T08:00Z", false, ("2026-11-02T10:00Z", null));
        Assert.Null(deadline.Due);
        Assert.Equal(DeadlineStanding.Stopped, deadline.At(At("2027-01-01T00:00Z")));
        Assert.Equal(At("2026-11-02T16:00Z"), Run("eev-production-emergency", "XB", "2026-11-02T08:00Z", false, ("2026-11-02T16:00Z", null)).Due);
    }

    [Fact]
    public void Stopped_hours_are_added_once_however_many_reasons_stopped_them()
    {
        var deadline = Run("eev-production-emergency", "XB", "2026-11-02T10:00Z", false, ("2026-11-02T14:00Z", "2026-11-02T15:30Z"), ("2026-11-02T12:00Z", "2026-11-02T14:30Z"), ("2026-11-02T08:00Z", "2026-11-02T09:00Z"));
        Assert.Equal((At("2026-11-02T21:30Z"), TimeSpan.FromHours(3.5)), (deadline.Due, deadline.StoodStill));
    }

    [Fact]
    public void An_extension_counts_on_from_the_same_start()
    {
        var deadline = Run("eio-recognition", "XC", "2026-03-02T12:00Z", extended: true);
        Assert.Equal((new DateOnly(2026, 5, 1), new DateOnly(2026, 5, 4), At("2026-05-04T23:00Z")), (deadline.LastDay, deadline.MovedTo, deadline.Due));
        Assert.Contains("EIO 12(3), EIO 12(5)", DeadlineSentence.Of(deadline, "en"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_term_stands_as_the_time_and_the_duty_say()
    {
        var deadline = Run("eev-validation-after", "XA", "2026-11-20T20:00Z");
        Assert.Equal(DeadlineStanding.Running, deadline.At(At("2026-11-22T07:59Z")));
        Assert.Equal(DeadlineStanding.Near, deadline.At(At("2026-11-22T08:00Z")));
        Assert.Equal(DeadlineStanding.Near, deadline.At(At("2026-11-22T20:00Z")));
        Assert.Equal(DeadlineStanding.Late, deadline.At(At("2026-11-22T20:01Z")));
        Assert.Equal(DeadlineStanding.Met, deadline.At(At("2026-11-23T00:00Z"), At("2026-11-22T20:00Z")));
        Assert.Equal(DeadlineStanding.MetLate, deadline.At(At("2026-11-23T00:00Z"), At("2026-11-22T20:01Z")));
        Assert.Equal(DeadlineStanding.NotStarted, DeadlineClock.Run(deadline.Rule, null, [], deadline.Calendar).At(At("2026-11-23T00:00Z")));
        Assert.Equal(DeadlineStanding.NoTerm, Run("use-report", "XA", "2026-11-20T20:00Z").At(At("2030-01-01T00:00Z")));
        Assert.Equal(At("2026-11-20T20:00Z"), Run("incident-notice", "XA", "2026-11-20T20:00Z").Due);
    }
}

using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Execution;
using MlatExchange.Specs.Deadlines;

namespace MlatExchange.Specs.Execution;

/// <summary>The rows of an investigation order that no pack names: acknowledgement, forwarding, provisional measures, the notice of delay.</summary>
public class OrderTermsSpecs : ExecutionSpec
{
    private static readonly DeadlineTables Tables = new(Clocks.Rules, Clocks.Calendars);

    private static readonly ExecutionEvent.Received Order = Request with
    {
        Facts = Assessments.Facts with { Instrument = "EIO", Items = [Assessments.Facts.Items[0], Assessments.Facts.Items[1] with { Measure = "preserve" }] },
    };

    private static ExecutionEvent Run => Assessed(Assessments.Pass with { Deadline = new("EIO 12(3)", Days: 30, Then: new("EIO 12(4)", Days: 90)) });

    private static ExecutionEvent Told(double hour) => new ExecutionEvent.DelayAnnounced("volume", Cast.Hour(2000), Cast.Prosecutor, Cast.Hour(hour));

    private static ExecutionEvent Ended(string term, string source) => new ExecutionEvent.TermEnded(term, source, Cast.Hour(760), Cast.Hour(761));

    [Fact]
    public void Receipt_is_acknowledged_in_a_week_and_forwarding_is_told_in_the_same_week()
    {
        Assert.Equal(["eio-acknowledgement", "eio-provisional-measure", "eio-recognition", "eio-execution"], Rows(Order, Run));
        var week = Term("eio-acknowledgement", Order, Run).Deadline.Due;
        Assert.Equal(Clocks.At("2026-06-08T21:00Z"), week);
        var forwarded = Term("eio-forwarding", Order, Run, new ExecutionEvent.Forwarded("xb-247", Cast.Prosecutor, Cast.Hour(30)));
        Assert.Equal((week, Cast.Hour(30), DeadlineStanding.Met), (forwarded.Deadline.Due, forwarded.Met, forwarded.Deadline.At(Cast.Hour(31), forwarded.Met)));
    }

    [Fact]
    public void A_provisional_measure_is_decided_in_24_hours_and_another_item_does_not_meet_it()
    {
        var open = Term("eio-provisional-measure", Order, Run, Decided(First));
        Assert.Equal((Cast.Hour(5 + 24), null), (open.Deadline.Due, open.Met));
        Assert.Equal(DeadlineStanding.Late, open.Deadline.At(Cast.Hour(29.1), open.Met));
        Assert.Equal(Cast.Hour(8), Term("eio-provisional-measure", Order, Run, Decided(First, Second)).Met);
        Assert.Contains("to be confirmed by counsel", DeadlineSentence.Of(open, "en"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_notice_of_delay_given_ahead_is_met_and_one_owed_since_the_term_ended_is_late_until_it_is_given()
    {
        var ahead = Term("eio-delay-notice", Order, Run, Told(20));
        Assert.Equal((Cast.Hour(20), Cast.Hour(20)), (ahead.Deadline.Due, ahead.Met));

        ExecutionEvent ended = Ended("eio-recognition", "EIO 12(3)");
        var owed = Term("eio-delay-notice", Order, Run, ended);
        Assert.Equal((Term("eio-recognition", Order, Run).Deadline.Due, null), (owed.Deadline.Due, owed.Met));
        Assert.Equal(DeadlineStanding.Late, owed.Deadline.At(Cast.Hour(800), owed.Met));
        Assert.Equal(Cast.Hour(800), Term("eio-delay-notice", Order, Run, ended, Told(800)).Met);
        Assert.StartsWith("The executing authority says that it is late, why and until when at once (EIO 12(5)-(6)): since ", DeadlineSentence.Of(owed, "en"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_timer_records_that_the_notice_was_not_given_once()
    {
        var late = ReceivedRequest.Fold([Order, Run, new ExecutionEvent.Acknowledged(Cast.Hour(6)), Decided(First, Second), Ended("eio-execution", "EIO 12(4)")]);
        var now = Cast.Hour(6000);
        Assert.True(ReceivedTimer.Next(late, Tables) < now);
        var fired = Assert.IsType<ExecutionEvent.TermEnded>(Assert.Single(ReceivedTimer.Fire(late, Tables, now).Events));
        Assert.Equal("eio-delay-notice", fired.Term);
        var after = ReceivedRequest.Evolve(late, fired);
        Assert.Empty(ReceivedTimer.Fire(after, Tables, now).Events);
        Assert.Null(ReceivedTimer.Next(after, Tables));
    }

    [Fact]
    public void Under_another_instrument_there_are_none() => Assert.Equal(["eev-production"], Rows(Request, Assessed(Assessments.Pass), Told(20)));

    private static IEnumerable<string> Rows(params ExecutionEvent[] history) => ReceivedTerms.Of(ReceivedRequest.Fold(history), Tables).Select(term => term.Deadline.Rule.Id);

    private static CaseTerm Term(string rule, params ExecutionEvent[] history) => ReceivedTerms.Of(ReceivedRequest.Fold(history), Tables).Single(term => term.Deadline.Rule.Id == rule);
}

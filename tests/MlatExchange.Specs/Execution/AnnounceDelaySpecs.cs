using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Execution;
using MlatExchange.Specs.Deadlines;

namespace MlatExchange.Specs.Execution;

/// <summary>The executing authority says that it will be late; where the law attaches an extension to saying so in time, the term grows by it.</summary>
public class AnnounceDelaySpecs : ExecutionSpec
{
    private static readonly DeadlineTables Tables = new(Clocks.Rules, Clocks.Calendars);

    private static readonly AnnounceDelay Announce = new("volume", Cast.Hour(2000), true, Cast.Prosecutor, Cast.Hour(20));

    /// <summary>As the pack for the EIO says it: 30 days to decide, then 90 to execute.</summary>
    private static readonly AssessmentResult InvestigationOrder = Assessments.Pass with { Deadline = new("EIO 12(3)", Days: 30, Then: new("EIO 12(4)", Days: 90)) };

    private static ExecutionEvent Announced => new ExecutionEvent.DelayAnnounced("volume", Cast.Hour(2000), Cast.Prosecutor, Cast.Hour(20));

    [Fact]
    public void Whoever_owes_something_may_say_that_it_will_be_late() => Given(ToDecision).When(Announce.Decide).Then(Announced);

    [Fact]
    public void The_same_notice_again_changes_nothing_and_another_date_is_another_notice()
    {
        Given([.. ToDecision, Announced]).When(Announce.Decide).Then();
        Given([.. ToDecision, Announced]).When((Announce with { Until = Cast.Hour(3000) }).Decide)
            .Then(new ExecutionEvent.DelayAnnounced("volume", Cast.Hour(3000), Cast.Prosecutor, Cast.Hour(20)));
    }

    [Fact]
    public void The_new_date_lies_ahead() => Given(ToDecision).When((Announce with { Until = Cast.Hour(20) }).Decide).Then(NotPermitted(ExecutionRules.DelayIntoThePast));

    [Fact]
    public void Where_nothing_is_owed_nothing_is_late() => Given(ToExecution).When((Announce with { Owed = false }).Decide).Then(NotPermitted(ExecutionRules.NothingOwed));

    [Fact]
    public void What_was_withdrawn_completed_or_never_came_has_no_delay()
    {
        Given([.. ToDecision, Withdrawn]).When(Announce.Decide).Then(NotPermitted(ExecutionRules.WasWithdrawn));
        Given([.. ToExecution, Completed]).When(Announce.Decide).Then(NotPermitted(ExecutionRules.IsCompleted));
        Given().When(Announce.Decide).Then(NotPermitted(ExecutionRules.NotReceived));
    }

    [Fact]
    public void Said_while_the_term_to_decide_runs_it_gives_the_extension_of_EIO_12_5_and_the_sentence_says_so()
    {
        ExecutionEvent[] order = [Request, Assessed(InvestigationOrder)];
        var plain = Term(order, "eio-recognition");
        Assert.Equal((30, false, null), (plain.Deadline.Amount, plain.Deadline.Extended, plain.Delay));
        var told = Term([.. order, Announced], "eio-recognition");
        Assert.Equal((60, true), (told.Deadline.Amount, told.Deadline.Extended));
        Assert.Equal(plain.Deadline.Calendar.StartOf(plain.Deadline.Calendar.DayOf(Cast.Hour(5)).AddDays(61)), told.Deadline.Due);
        Assert.EndsWith("A delay was announced on 2026-06-02 04:00 UTC (reason: volume), until 2026-08-23 16:00 UTC: the term is extended (EIO 12(5)).", DeadlineSentence.Of(told, "en"), StringComparison.Ordinal);
        Assert.Contains("le délai est prolongé (EIO 12(5)).", DeadlineSentence.Of(told, "fr"), StringComparison.Ordinal);
    }

    [Fact]
    public void Said_when_the_term_is_over_it_moves_nothing_and_is_shown()
    {
        ExecutionEvent[] order = [Request, Assessed(InvestigationOrder)];
        var late = Term([.. order, new ExecutionEvent.DelayAnnounced("volume", Cast.Hour(2000), Cast.Prosecutor, Cast.Hour(1000))], "eio-recognition");
        Assert.Equal((30, false), (late.Deadline.Amount, late.Deadline.Extended));
        Assert.EndsWith("the term stays as it is.", DeadlineSentence.Of(late, "en"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_term_without_an_extension_in_law_stays_as_it_is_and_one_that_was_met_before_is_not_late()
    {
        var production = Term([.. ToDecision, Announced], "eev-production");
        Assert.Equal((10, false, "volume"), (production.Deadline.Amount, production.Deadline.Extended, production.Delay?.Ground));
        ExecutionEvent[] decided = [Request, Assessed(InvestigationOrder), Decided(First, Second), Announced];
        Assert.Equal((null, "volume"), (Term(decided, "eio-recognition").Delay, Term(decided, "eio-execution").Delay?.Ground));
    }

    [Fact]
    public void Something_is_owed_until_the_result_is_there()
    {
        Assert.True(ReceivedTerms.Owed(InHand(ToDecision), Tables));
        Assert.False(ReceivedTerms.Owed(InHand([.. ToExecution, new ExecutionEvent.OfferMade("transfer-1", Cast.Hour(20))]), Tables));
        Assert.True(ReceivedTerms.Owed(InHand([Request, Assessed(InvestigationOrder), Decided(First, Second)]), Tables));
    }

    private static ReceivedRequest.InHand InHand(ExecutionEvent[] history) => (ReceivedRequest.InHand)ReceivedRequest.Fold(history);

    private static CaseTerm Term(ExecutionEvent[] history, string rule) => ReceivedTerms.Of(ReceivedRequest.Fold(history), Tables).Single(term => term.Deadline.Rule.Id == rule);
}

using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Execution;
using MlatExchange.Specs.Deadlines;

namespace MlatExchange.Specs.Execution;

/// <summary>The enforcing authority was notified of an order; an addressee says that it conflicts with the law of a third country.</summary>
public class EnforcementSpecs : ExecutionSpec
{
    private static readonly DeadlineTables Tables = new(Clocks.Rules, Clocks.Calendars);

    private static readonly ReceiveNotification Notification = new(Cast.Digest("notification"), "xb-central", true, ["i1"], Cast.Hour(6));

    private static readonly AssessmentResult Notify = Assessments.Pass with { NotifyEnforcingAuthority = true, Deadline = new("EEV 10(2)", Days: 10) };

    private static readonly ItemDecision Conflict = new("i1", ItemOutcome.Postponed, ConflictOfLaws.Ground, "EEV 17(1)", []);

    private static ExecutionEvent Notified => new ExecutionEvent.EnforcementNotified(Cast.Digest("notification"), "xb-central", ["i1"], Cast.Hour(6));

    [Fact]
    public void The_notification_is_taken_once_also_where_the_own_rules_do_not_ask_for_it_and_when_it_crossed_a_withdrawal()
    {
        Given(ToDecision).When(Notification.Decide).Then(Notified);
        Given([.. ToDecision, Notified]).When(Notification.Decide).Then();
        Given([.. ToDecision, Withdrawn]).When(Notification.Decide).Then(Notified);
    }

    [Fact]
    public void One_for_an_authority_of_elsewhere_or_about_an_item_that_was_not_asked_for_has_no_effect()
    {
        Given(ToDecision).When((Notification with { Known = false }).Decide).Then(NotPermitted(ExecutionRules.NoSuchAuthority));
        Given(ToDecision).When((Notification with { Items = ["i9"] }).Decide).Then(NotPermitted(ExecutionRules.NoSuchItem));
        Given().When(Notification.Decide).Then(NotPermitted(ExecutionRules.NotReceived));
    }

    [Fact]
    public void The_time_to_raise_a_ground_starts_with_the_notification_and_ends_with_the_decision()
    {
        ExecutionEvent[] before = [Request, Assessed(Notify)];
        Assert.Equal(DeadlineStanding.NotStarted, Term(before, "eev-grounds").Deadline.At(Cast.Hour(900)));
        var started = Term([.. before, Notified], "eev-grounds");
        Assert.Equal((Cast.Hour(6), Clocks.At("2026-06-11T21:00Z")), (started.Deadline.Start, started.Deadline.Due));
        Assert.Equal(Cast.Hour(8), Term([.. before, Notified, Decided(First, Second)], "eev-grounds").Met);
    }

    [Fact]
    public void A_ground_may_also_be_raised_while_the_notification_is_still_awaited()
    {
        var objection = new ObjectToRequest(Cast.Digest("objection"), "immunity-or-privilege", "EEV 12(1)(a)", true, null, Cast.Supplier, Cast.Hour(30));
        Given([Request, Assessed(Notify)]).When(objection.Decide).Then(new ExecutionEvent.Objected(Cast.Digest("objection"), "immunity-or-privilege", "EEV 12(1)(a)", Cast.Supplier, Cast.Hour(30)));
    }

    [Fact]
    public void A_conflict_with_the_law_of_a_third_country_is_raised_in_ten_days_and_suspends_until_it_is_decided()
    {
        var until = ReceivedTerms.ConflictUntil((ReceivedRequest.InHand)ReceivedRequest.Fold(ToDecision), Tables);
        Assert.Equal(Clocks.At("2026-06-11T21:00Z"), until);
        var raise = new DecideExecution(Cast.Digest("decision"), [Conflict], Cast.Prosecutor, until!.Value) { ConflictUntil = until };
        Given(ToDecision).When(raise.Decide).Then(new ExecutionEvent.Decided(Cast.Digest("decision"), [Conflict], Cast.Prosecutor, until.Value));
        Given(ToDecision).When((raise with { At = until.Value.AddMilliseconds(1) }).Decide).Then(NotPermitted(ExecutionRules.ConflictTooLate));
        Given(ToDecision).When((raise with { At = until.Value.AddMilliseconds(1), Items = [Conflict with { Ground = "volume" }] }).Decide)
            .Then(new ExecutionEvent.Decided(Cast.Digest("decision"), [Conflict with { Ground = "volume" }], Cast.Prosecutor, until.Value.AddMilliseconds(1)));

        ExecutionEvent[] raised = [.. ToDecision, Decided(Conflict)];
        Assert.Equal(Cast.Hour(8), Term(raised, "eev-production").Deadline.StoppedSince);
        var settled = Term([.. raised, new ExecutionEvent.Decided(Cast.Digest("settled"), [First], Cast.Prosecutor, Cast.Hour(60))], "eev-production").Deadline;
        Assert.Equal((null, Clocks.At("2026-06-15T21:00Z")), (settled.StoppedSince, settled.Due));
    }

    [Fact]
    public void Asked_for_enforcement_the_authority_decides_once_more_in_five_working_days()
    {
        var ask = new ReceiveEnforcementRequest(Cast.Digest("enforcement"), ["i1"], Cast.Hour(400));
        ExecutionEvent asked = new ExecutionEvent.EnforcementAsked(Cast.Digest("enforcement"), ["i1"], Cast.Hour(400));
        ExecutionEvent[] decided = [.. ToDecision, Decided(First)];
        Given(decided).When(ask.Decide).Then(asked);
        Given([.. decided, asked]).When(ask.Decide).Then();
        Given(decided).When((ask with { Items = ["i9"] }).Decide).Then(NotPermitted(ExecutionRules.NoSuchItem));
        Given().When(ask.Decide).Then(NotPermitted(ExecutionRules.NotReceived));

        var denial = new ItemDecision("i1", ItemOutcome.Refused, "de-facto-impossibility", "EEV 16(4)(c)", []);
        var again = new DecideExecution(Cast.Digest("again"), [denial], Cast.Prosecutor, Cast.Hour(420));
        Given(decided).When(again.Decide).Then(NotPermitted(ExecutionRules.AlreadyDecided));
        ExecutionEvent recognised = new ExecutionEvent.Decided(Cast.Digest("again"), [First], Cast.Prosecutor, Cast.Hour(420));
        Given([.. decided, asked]).When(again.Decide).Then(new ExecutionEvent.Decided(Cast.Digest("again"), [denial], Cast.Prosecutor, Cast.Hour(420)));
        Given([.. decided, asked]).When((again with { Items = [First] }).Decide).Then(recognised);
        Given([.. decided, asked, recognised]).When(again.Decide).Then(NotPermitted(ExecutionRules.AlreadyDecided));

        Assert.Equal((Cast.Hour(400), null), (Term([.. decided, asked], "eev-enforcement-recognition").Deadline.Start, Term([.. decided, asked], "eev-enforcement-recognition").Met));
        Assert.Equal(Cast.Hour(420), Term([.. decided, asked, recognised], "eev-enforcement-recognition").Met);
    }

    private static CaseTerm Term(ExecutionEvent[] history, string rule) => ReceivedTerms.Of(ReceivedRequest.Fold(history), Tables).Single(term => term.Deadline.Rule.Id == rule);
}

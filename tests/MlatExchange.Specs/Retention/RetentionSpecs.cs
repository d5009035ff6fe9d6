using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;
using MlatExchange.Specs.Transfers;

namespace MlatExchange.Specs.Retention;

public sealed class RetentionSpecs : HoldingSpec
{
    private static readonly RecordTrigger Judgment = new("final-judgment", Cast.Hour(8), Cast.Holder, Cast.Hour(9));

    private static readonly ReviewTransfer Review = new(ReviewOutcome.StillNecessary, Cast.Holder, Cast.Hour(9));

    private static readonly PlaceHold Place = new(Hold, Appeal, Cast.Holder, Cast.Hour(10));

    private static readonly LiftHold Lift = new(Hold, Cast.Holder, Cast.Hour(11));

    private static readonly MarkDestructionDue Due = new(FirstDue);

    private static readonly RecordCustody Custody = new(Cast.Digest("record"), "copy-1", CopyState.Kept, Cast.Holder, Cast.Hour(9));

    private static HoldingEvent Judged => new HoldingEvent.RetentionStarted("final-judgment", Cast.Hour(8), [new("e2", Cast.Hour(8).AddDays(100))], Cast.Holder, Cast.Hour(9));

    private static HoldingEvent Told => new HoldingEvent.CustodyRecorded(Cast.Digest("record"), "copy-1", CopyState.Kept, Cast.Holder, Cast.Hour(9));

    [Fact]
    public void The_final_judgment_starts_the_terms_that_count_from_it() => Given(ToRetention).When(Judgment.Decide).Then(Judged);

    [Fact]
    public void The_same_trigger_again_changes_nothing() => Given([.. ToRetention, Judged]).When(Judgment.Decide).Then();

    [Fact]
    public void A_trigger_that_no_term_waits_for_is_refused() =>
        Given(ToRetention).When((Judgment with { Trigger = "case-closure" }).Decide).Then(NotPermitted(RetentionRules.NoSuchTrigger));

    [Fact]
    public void A_trigger_does_not_lie_ahead() =>
        Given(ToRetention).When((Judgment with { TriggeredAt = Cast.Hour(9.1) }).Decide).Then(NotPermitted(RetentionRules.NoSuchTrigger));

    [Fact]
    public void Nothing_is_triggered_before_the_key_came() => Given(Offer, Accepted).When(Judgment.Decide).Then(NotPermitted(RetentionRules.NotUnderRetention));

    [Fact]
    public void A_review_sets_the_next_by_the_shortest_interval() =>
        Given(ToRetention).When(Review.Decide).Then(new HoldingEvent.Reviewed(ReviewOutcome.StillNecessary, Cast.Hour(9).AddDays(90), Cast.Holder, Cast.Hour(9)));

    [Fact]
    public void Where_the_terms_ask_for_no_review_none_is_set() =>
        Given(Offer with { Items = [Evidence.Second with { Retention = Evidence.Second.Retention with { ReviewEveryDays = null } }] }, Accepted, Shared)
            .When(Review.Decide)
            .Then(new HoldingEvent.Reviewed(ReviewOutcome.StillNecessary, null, Cast.Holder, Cast.Hour(9)));

    [Fact]
    public void Nothing_is_reviewed_before_the_key_came() => Given(Offer, Accepted).When(Review.Decide).Then(NotPermitted(RetentionRules.NotUnderRetention));

    [Fact]
    public void A_legal_hold_is_placed() => Given(ToRetention).When(Place.Decide).Then(Held);

    [Fact]
    public void The_same_hold_again_changes_nothing() => Given([.. ToRetention, Held]).When(Place.Decide).Then();

    [Fact]
    public void A_hold_may_come_after_the_order() => Given(ToOrder).When(Place.Decide).Then(Held);

    [Fact]
    public void A_hold_comes_too_late_once_the_erasure_began() => Given([.. ToOrder, Started]).When(Place.Decide).Then(NotPermitted(RetentionRules.ErasureStarted));

    [Fact]
    public void A_hold_is_lifted() => Given([.. ToRetention, Held]).When(Lift.Decide).Then(Lifted);

    [Fact]
    public void Lifting_again_changes_nothing() => Given([.. ToRetention, Held, Lifted]).When(Lift.Decide).Then();

    [Fact]
    public void Only_a_hold_that_was_placed_is_lifted() => Given(ToRetention).When(Lift.Decide).Then(NotPermitted(RetentionRules.NoSuchHold));

    [Fact]
    public void No_hold_is_lifted_once_the_erasure_began() => Given([.. ToOrder, Started]).When(Lift.Decide).Then(NotPermitted(RetentionRules.ErasureStarted));

    [Fact]
    public void When_the_first_term_runs_out_the_destruction_is_due() => Given(ToRetention).When(Due.Decide).Then(new HoldingEvent.DestructionDue(FirstDue, FirstDue));

    [Fact]
    public void The_item_that_is_due_first_decides_for_all() =>
        Given([.. ToRetention, Judged]).When((Due with { At = Cast.Hour(8).AddDays(100) }).Decide)
            .Then(new HoldingEvent.DestructionDue(Cast.Hour(8).AddDays(100), Cast.Hour(8).AddDays(100)));

    [Fact]
    public void It_is_not_due_an_instant_early() => Given(ToRetention).When((Due with { At = FirstDue.AddMilliseconds(-1) }).Decide).Then(NotPermitted(RetentionRules.NotDue));

    [Fact]
    public void Nothing_is_due_while_no_trigger_happened() =>
        Given(Offer with { Items = [Evidence.Second] }, Accepted, Shared).When((Due with { At = FirstDue.AddYears(9) }).Decide).Then(NotPermitted(RetentionRules.NotDue));

    [Fact]
    public void Saying_so_again_changes_nothing() => Given([.. ToRetention, new HoldingEvent.DestructionDue(FirstDue, FirstDue)]).When(Due.Decide).Then();

    [Fact]
    public void Nothing_is_due_before_the_key_came() => Given(Offer, Accepted).When(Due.Decide).Then(NotPermitted(RetentionRules.NotUnderRetention));

    [Fact]
    public void The_tool_reports_a_copy() => Given(ToRetention).When(Custody.Decide).Then(Told);

    [Fact]
    public void The_same_record_again_changes_nothing() => Given([.. ToRetention, Told]).When(Custody.Decide).Then();

    [Fact]
    public void A_copy_found_after_the_certificate_is_still_a_fact() => Given([.. ToDestroyed, Sent, Receipted]).When(Custody.Decide).Then(Told);

    [Fact]
    public void There_is_no_copy_of_what_was_not_accepted() => Given(Offer).When(Custody.Decide).Then(NotPermitted(TransferRules.AcceptanceFirst));

    [Fact]
    public void There_is_no_copy_of_what_was_not_offered() => Given().When(Custody.Decide).Then(NotPermitted(TransferRules.NoSuchTransfer));
}

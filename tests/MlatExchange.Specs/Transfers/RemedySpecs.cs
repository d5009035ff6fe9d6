using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;

namespace MlatExchange.Specs.Transfers;

public sealed class RemedySpecs() : UseSpec(Holder)
{
    private static readonly string Notice1 = Cast.Digest("remedy-lodged"), Notice2 = Cast.Digest("remedy-decided");

    private static readonly LodgeRemedy Lodge = new(Notice1, "p1", Suspensive: true, "EEV 18", ["p1", "p2"], Cast.Holder, Cast.Hour(20));

    private static UseEvent Lodged => new UseEvent.RemedyLodged(Notice1, "p1", Suspensive: true, "EEV 18", Cast.Holder, Cast.Hour(20));

    private static UseEvent Elsewhere => new UseEvent.RemedyNoticed(Notice1, "p1", Suspensive: true, "EEV 18", Cast.Hour(20));

    private static UseEvent Came(RemedyOutcome outcome) => new UseEvent.RemedyDecided(Notice1, Notice2, outcome, "LED 16(2)", Cast.Signer, Cast.Hour(30));

    private static DecideRemedy Decide(RemedyOutcome outcome) => new(Notice1, Notice2, outcome, "LED 16(2)", Cast.Signer, Cast.Hour(30));

    [Fact]
    public void A_remedy_is_lodged() => Given().When(Lodge.Decide).Then(Lodged);

    [Fact]
    public void By_a_person_of_the_request_alone() => Given().When((Lodge with { Person = "p9" }).Decide).Then(NotPermitted(UseRules.NoSuchPerson));

    [Fact]
    public void While_it_suspends_keys_are_withheld() => Given().When(Lodge.Decide).ThenState(Keys, "remedy-stands");

    [Fact]
    public void One_that_does_not_suspend_withholds_nothing() => Given().When((Lodge with { Suspensive = false }).Decide).ThenState(Keys, "keys flow");

    [Fact]
    public void One_lodged_on_the_other_side_suspends_here_too() =>
        Given().When(new NoteRemedy(Notice1, "p1", true, "EEV 18", Cast.Hour(20)).Decide).ThenState(Keys, "remedy-stands");

    [Fact]
    public void The_same_notice_again_changes_nothing() => Given(Elsewhere).When(new NoteRemedy(Notice1, "p1", true, "EEV 18", Cast.Hour(21)).Decide).Then();

    [Fact]
    public void Dismissed_it_suspends_no_more() => Given(Lodged).When(Decide(RemedyOutcome.Dismissed).Decide).ThenState(Keys, "keys flow");

    [Fact]
    public void A_restriction_withholds_keys_whatever_was_lodged() => Given(Lodged).When(Decide(RemedyOutcome.Restrict).Decide).ThenState(Keys, "remedy-stands");

    [Fact]
    public void A_later_decision_takes_its_place() =>
        Given(Lodged, Came(RemedyOutcome.Restrict)).When(Decide(RemedyOutcome.Dismissed).Decide).Then(Came(RemedyOutcome.Dismissed));

    [Fact]
    public void The_same_decision_again_changes_nothing() => Given(Lodged, Came(RemedyOutcome.Correct)).When(Decide(RemedyOutcome.Correct).Decide).Then();

    [Fact]
    public void Erasure_orders_the_destruction() => Given(Lodged).When(Decide(RemedyOutcome.Erase).Decide).ThenState(use => $"{use.Demand?.Ground} by {use.Demand?.LegalReference}, {Keys(use)}", "Remedy by LED 16(2), to-be-destroyed");

    [Fact]
    public void What_was_not_lodged_is_not_decided() => Given().When(Decide(RemedyOutcome.Erase).Decide).Then(NotPermitted(UseRules.NoSuchRemedy));

    [Fact]
    public void It_is_decided_where_it_was_lodged() => Given(Elsewhere).When(Decide(RemedyOutcome.Dismissed).Decide).Then(NotPermitted(UseRules.DecidedWhereLodged));

    [Fact]
    public void The_other_side_decides_what_was_lodged_there() =>
        Given(Elsewhere).When(new NoteRemedyDecision(Notice1, Notice2, RemedyOutcome.Erase, "LED 16(2)", Cast.Hour(30)).Decide)
            .Then(new UseEvent.RemedyDecisionNoticed(Notice1, Notice2, RemedyOutcome.Erase, "LED 16(2)", Cast.Hour(30)));

    [Fact]
    public void And_not_what_was_lodged_here() =>
        Given(Lodged).When(new NoteRemedyDecision(Notice1, Notice2, RemedyOutcome.Dismissed, "LED 16(2)", Cast.Hour(30)).Decide).Then(NotPermitted(UseRules.DecidedWhereLodged));

    private static string Keys(TransferUse use) => use.Withheld?.Slug ?? "keys flow";
}

public sealed class DemandedDestructionSpecs() : UseSpec([.. Supplier, new SupplyEvent.Offered(Evidence.Offer, Cast.Signer, Cast.Hour(1))])
{
    private static readonly DemandDestruction Order = new(Cast.Digest("destruction-order"), ErasureGround.CourtOrder, "XB Act 9", Cast.Supplier, Cast.Hour(40));

    private static UseEvent Ordered => new UseEvent.DestructionDemanded(Cast.Digest("destruction-order"), ErasureGround.CourtOrder, "XB Act 9", Cast.Hour(40), Cast.Supplier, Cast.Hour(40));

    [Fact]
    public void Before_an_offer_there_is_nothing_to_destroy() => Assert.Equal(TransferRules.OfferFirst, Order.Decide(TransferUse.Fold(Supplier)).RefusedBy);

    [Fact]
    public void The_supplier_orders_it() => Given().When(Order.Decide).Then(Ordered);

    [Fact]
    public void And_withholds_keys_at_once() => Given().When(Order.Decide).ThenState(use => use.Withheld?.Slug ?? "keys flow", "to-be-destroyed");

    [Fact]
    public void Once() => Given(Ordered).When(Order.Decide).Then();

    [Theory]
    [InlineData(ErasureGround.TermEnded)]
    [InlineData(ErasureGround.Review)]
    [InlineData(ErasureGround.HolderDecision)]
    [InlineData(ErasureGround.CaseClosed)]
    [InlineData(ErasureGround.Remedy)]
    public void On_grounds_of_its_own_alone(ErasureGround ground) => Given().When((Order with { Ground = ground }).Decide).Then(NotPermitted(UseRules.NotSuppliersGround));

    [Fact]
    public void The_holder_says_that_a_legal_hold_stands() =>
        Given(Ordered).When(new NoteDeferral(Cast.Digest("destruction-order"), Cast.Hour(900), Cast.Hour(41)).Decide)
            .Then(new UseEvent.DestructionDeferralNoticed(Cast.Digest("destruction-order"), Cast.Hour(900), Cast.Hour(41)));

    [Fact]
    public void Against_an_order_that_was_given() => Given().When(new NoteDeferral(Cast.Digest("destruction-order"), null, Cast.Hour(41)).Decide).Then(NotPermitted(UseRules.NotAsked));
}

public sealed class ReceivedDemandSpecs() : UseSpec(Holder)
{
    private static readonly ReceiveDemand Arrives = new(Cast.Digest("destruction-order"), ErasureGround.ConditionsWithdrawn, "XB Act 9", Cast.Hour(40), Cast.Hour(41));

    private static UseEvent Arrived => new UseEvent.DestructionDemandReceived(Cast.Digest("destruction-order"), ErasureGround.ConditionsWithdrawn, "XB Act 9", Cast.Hour(41), Cast.Hour(41));

    [Fact]
    public void From_the_suppliers_order_on_nothing_is_used() => Given().When(Arrives.Decide).ThenState(use => use.Withheld?.Slug ?? "keys flow", "to-be-destroyed");

    [Fact]
    public void It_is_recorded_once() => Given(Arrived).When(Arrives.Decide).Then();

    [Fact]
    public void The_supplier_does_not_order_itself() => Assert.Equal(TransferRules.NoSuchTransfer, Arrives.Decide(TransferUse.Fold(Supplier)).RefusedBy);

    [Fact]
    public void A_legal_hold_is_answered_once() =>
        Given(Arrived).When(new DeferDestruction(Cast.Hour(900), Cast.Hour(42)).Decide).Then(new UseEvent.DestructionDeferred(Cast.Digest("destruction-order"), Cast.Hour(900), Cast.Hour(42)));

    [Fact]
    public void And_not_again() =>
        Given(Arrived, new UseEvent.DestructionDeferred(Cast.Digest("destruction-order"), null, Cast.Hour(42))).When(new DeferDestruction(Cast.Hour(900), Cast.Hour(43)).Decide).Then();
}

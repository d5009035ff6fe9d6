using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;
using MlatExchange.Specs.Transfers;

namespace MlatExchange.Specs.Retention;

/// <summary>A legal hold has a basis, an authority and an end; it stands longer only by another reason.</summary>
public sealed class HoldSpecs : HoldingSpec
{
    private static readonly PlaceHold Place = new(Hold, Appeal, Cast.Holder, Cast.Hour(10));

    private static readonly RenewHold Renew = new(Hold, Appeal.Until.AddDays(90), Cast.Holder, Cast.Hour(1000));

    private static readonly EndHold End = new(Hold, Appeal.Until);

    private static readonly MarkReviewDue Look = new(Cast.Hour(4).AddDays(90));

    private static HoldingEvent Renewed => new HoldingEvent.HoldRenewed(Hold, Appeal.Until.AddDays(90), Cast.Holder, Cast.Hour(1000));

    private static HoldingEvent Ended => new HoldingEvent.HoldEnded(Hold, Appeal.Until, Appeal.Until);

    private static HoldingEvent Looked => new HoldingEvent.ReviewFellDue(Cast.Hour(4).AddDays(90), Cast.Hour(4).AddDays(90));

    [Fact]
    public void A_hold_lasts_a_year_at_most() =>
        Given(ToRetention).When((Place with { Terms = Appeal with { Until = Cast.Hour(10).AddDays(366.1) } }).Decide).Then(NotPermitted(RetentionRules.HoldEnd));

    [Fact]
    public void A_hold_ends_after_now() => Given(ToRetention).When((Place with { Terms = Appeal with { Until = Cast.Hour(10) } }).Decide).Then(NotPermitted(RetentionRules.HoldEnd));

    [Fact]
    public void A_hold_is_renewed() => Given([.. ToRetention, Held]).When(Renew.Decide).Then(Renewed);

    [Fact]
    public void A_renewal_ends_later_than_before() => Given([.. ToRetention, Held]).When((Renew with { Until = Appeal.Until }).Decide).Then(NotPermitted(RetentionRules.HoldEnd));

    [Fact]
    public void A_renewal_lasts_a_year_at_most() => Given([.. ToRetention, Held]).When((Renew with { Until = Cast.Hour(1000).AddDays(367) }).Decide).Then(NotPermitted(RetentionRules.HoldEnd));

    [Fact]
    public void Only_a_hold_that_stands_is_renewed() => Given([.. ToRetention, Held, Lifted]).When(Renew.Decide).Then(NotPermitted(RetentionRules.NoSuchHold));

    [Fact]
    public void No_hold_is_renewed_once_the_erasure_began() => Given([.. ToOrder, Started]).When(Renew.Decide).Then(NotPermitted(RetentionRules.ErasureStarted));

    [Fact]
    public void A_hold_that_was_placed_before_holds_had_an_end_gets_one_by_renewal()
    {
        Given([.. ToRetention, new HoldingEvent.HoldPlaced(Hold, Cast.Holder, Cast.Hour(10))]).When(Renew.Decide).Then(Renewed);
        var held = (HeldTransfer.Known)HeldTransfer.Fold([.. ToRetention, new HoldingEvent.HoldPlaced(Hold, Cast.Holder, Cast.Hour(10)), Renewed]);
        Assert.Equal(Appeal.Until.AddDays(90), held.Holding.HoldEnds);
    }

    [Fact]
    public void An_unrenewed_hold_ends() => Given([.. ToRetention, Held]).When(End.Decide).Then(Ended);

    [Fact]
    public void A_renewed_hold_does_not_end_at_its_first_end() => Given([.. ToRetention, Held, Renewed]).When(End.Decide).Then(NotPermitted(RetentionRules.HoldStands));

    [Fact]
    public void Ending_again_changes_nothing() => Given([.. ToRetention, Held, Ended]).When(End.Decide).Then();

    [Fact]
    public void What_does_not_stand_does_not_end() => Given(ToRetention).When(End.Decide).Then(NotPermitted(RetentionRules.NoSuchHold));

    [Fact]
    public void Nothing_ends_that_is_not_held() => Given().When(End.Decide).Then(NotPermitted(TransferRules.NoSuchTransfer));

    [Fact]
    public void A_review_falls_due() => Given(ToRetention).When(Look.Decide).Then(Looked);

    [Fact]
    public void A_review_falls_due_once() => Given([.. ToRetention, Looked]).When(Look.Decide).Then();

    [Fact]
    public void A_review_falls_due_not_an_instant_early() => Given(ToRetention).When((Look with { At = Look.At.AddMilliseconds(-1) }).Decide).Then(NotPermitted(RetentionRules.NotDue));

    [Fact]
    public void Nothing_is_reviewed_of_what_is_not_held() => Given().When(Look.Decide).Then(NotPermitted(TransferRules.NoSuchTransfer));
}

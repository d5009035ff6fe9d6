using MlatExchange.Domain.Transfers;

namespace MlatExchange.Specs.Transfers;

public sealed class OfferTransferSpecs : SupplySpec
{
    private static readonly OfferTransfer Offer = new(Evidence.Offer, Cast.Supplier, Cast.Hour(2));

    private static readonly ReceiveAcceptance Accept = new(Cast.Digest("acceptance"), Evidence.Offer, "transfer-key", Cast.Hour(3));

    private static readonly ReleaseKey Release = new(Cast.Digest("jwe-b"), Cast.Hour(4));

    [Fact]
    public void When_every_item_is_complete_the_transfer_is_offered() => Given(Package, Stored("e1"), Stored("e2")).When(Offer.Decide).Then(Offered);

    [Fact]
    public void It_is_not_offered_while_an_item_is_missing() => Given(Package, Stored("e1")).When(Offer.Decide).Then(NotPermitted(TransferRules.ContentFirst));

    [Fact]
    public void It_is_not_offered_while_an_item_is_incomplete() =>
        Given(Package, Stored("e1"), Stored("e2", 99)).When(Offer.Decide).Then(NotPermitted(TransferRules.ContentFirst));

    [Fact]
    public void It_is_not_offered_when_the_key_is_owed_already() =>
        Given(Package, Stored("e1"), Stored("e2")).When((Offer with { At = Cast.Hour(48) }).Decide).Then(NotPermitted(TransferRules.OfferExpired));

    [Fact]
    public void The_same_offer_again_changes_nothing() => Given(ToOffer).When(Offer.Decide).Then();

    [Fact]
    public void Another_offer_does_not_replace_it() =>
        Given(ToOffer).When((Offer with { Offer = Evidence.Offer with { TermsDigest = Cast.Digest("other") } }).Decide).Then(NotPermitted(TransferRules.AlreadyOffered));

    [Fact]
    public void Nothing_is_offered_before_it_is_prepared() => Given().When(Offer.Decide).Then(NotPermitted(TransferRules.NoSuchTransfer));

    [Fact]
    public void A_stopped_transfer_is_not_offered() =>
        Given(Package, Stored("e1"), Stored("e2"), Stopped).When(Offer.Decide).Then(NotPermitted(TransferRules.IsStopped));

    [Fact]
    public void An_acceptance_of_the_same_digests_is_taken_in() => Given(ToOffer).When(Accept.Decide).Then(Accepted);

    [Fact]
    public void An_acceptance_of_another_offer_is_refused() => Differs(Evidence.Offer with { ActDigest = Cast.Digest("other") });

    [Fact]
    public void An_acceptance_of_other_conditions_is_refused() => Differs(Evidence.Offer with { ConditionsDigest = Cast.Digest("other") });

    [Fact]
    public void An_acceptance_of_other_terms_is_refused() => Differs(Evidence.Offer with { TermsDigest = Cast.Digest("other") });

    [Fact]
    public void The_same_acceptance_again_changes_nothing() => Given(ToAcceptance).When(Accept.Decide).Then();

    [Fact]
    public void The_same_acceptance_after_the_release_changes_nothing() => Given(ToRelease).When(Accept.Decide).Then();

    [Fact]
    public void A_second_acceptance_with_another_key_is_refused() =>
        Given(ToRelease).When((Accept with { ActDigest = Cast.Digest("other") }).Decide).Then(NotPermitted(TransferRules.AlreadyAccepted));

    [Fact]
    public void A_second_acceptance_before_the_release_is_refused_too() =>
        Given(ToAcceptance).When((Accept with { ActDigest = Cast.Digest("other") }).Decide).Then(NotPermitted(TransferRules.AlreadyAccepted));

    [Fact]
    public void An_acceptance_after_the_offer_expired_is_refused() =>
        Given(ToOffer).When((Accept with { At = Cast.Hour(97) }).Decide).Then(NotPermitted(TransferRules.OfferExpired));

    [Fact]
    public void Nothing_is_accepted_before_it_is_offered() => Given(Package).When(Accept.Decide).Then(NotPermitted(TransferRules.OfferFirst));

    [Fact]
    public void The_key_is_released_to_whoever_accepted() => Given(ToAcceptance).When(Release.Decide).Then(Released);

    [Fact]
    public void It_is_released_once() => Given(ToRelease).When((Release with { ShareDigest = Cast.Digest("sealed-anew") }).Decide).Then();

    [Fact]
    public void No_key_without_acceptance() => Given(ToOffer).When(Release.Decide).Then(NotPermitted(TransferRules.AcceptanceFirst));

    [Fact]
    public void No_key_after_it_was_owed() => Given(ToAcceptance).When((Release with { At = Cast.Hour(49) }).Decide).Then(NotPermitted(TransferRules.OfferExpired));

    [Fact]
    public void No_key_once_stopped() => Given([.. ToAcceptance, Stopped]).When(Release.Decide).Then(NotPermitted(TransferRules.IsStopped));

    private void Differs(OfferDigests repeats) => Given(ToOffer).When((Accept with { Repeats = repeats }).Decide).Then(NotPermitted(TransferRules.AcceptanceDiffers));
}

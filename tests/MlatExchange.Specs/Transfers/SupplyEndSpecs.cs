using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;

namespace MlatExchange.Specs.Transfers;

public sealed class SupplyEndSpecs : SupplySpec
{
    private static readonly GrantFetch Fetch = new("e1", 0, 100, 100, Cast.Hour(4));

    private static readonly LapseTransfer Lapse = new(Cast.Hour(100));

    private static readonly StopTransfer Stop = new(StopGround.Objection, Cast.Hour(5));

    private static readonly ReceiveCertificate Certify = new(Cast.Digest("certificate"), new(7, 1, 0), Cast.Hour(90));

    private static readonly MarkCertificateDue Owe = new(Cast.Hour(4).AddDays(365) + MarkCertificateDue.Grace);

    private static SupplyEvent Owed => new SupplyEvent.CertificateFellDue(Owe.At, Owe.At);

    private static SupplyEvent InPart => new SupplyEvent.CertificateReceived(Cast.Digest("certificate"), new(6, 0, 2), Cast.Hour(90));

    private static SupplyEvent Second => new SupplyEvent.CertificateReceived(Cast.Digest("second"), new(7, 1, 0), Cast.Hour(90));

    [Fact]
    public void Bytes_may_be_fetched_once_conditions_are_accepted() => Given(ToAcceptance).When(Fetch.Decide).Then(Granted);

    [Fact]
    public void Bytes_may_be_fetched_after_the_release() => Given(ToRelease).When(Fetch.Decide).Then(Granted);

    [Fact]
    public void Each_serving_is_a_disclosure_of_its_own() => Given([.. ToRelease, Granted]).When(Fetch.Decide).Then(Granted);

    [Fact]
    public void A_serving_before_the_release_counts_as_well() => Given([.. ToAcceptance, Granted, Released]).When(Fetch.Decide).Then(Granted);

    [Fact]
    public void A_range_of_an_item_may_be_fetched() =>
        Given(ToRelease).When((Fetch with { From = 60, Length = 40 }).Decide).Then(new SupplyEvent.FetchGranted("e1", 60, 40, Cast.Hour(4)));

    [Fact]
    public void A_range_stays_inside_the_item() => Given(ToRelease).When((Fetch with { From = 61, Length = 40 }).Decide).Then(NotPermitted(TransferRules.RangeOutside));

    [Fact]
    public void A_range_does_not_begin_before_the_item() => Given(ToRelease).When((Fetch with { From = -1 }).Decide).Then(NotPermitted(TransferRules.RangeOutside));

    [Fact]
    public void A_range_has_bytes() => Given(ToRelease).When((Fetch with { Length = 0 }).Decide).Then(NotPermitted(TransferRules.RangeOutside));

    [Fact]
    public void An_unknown_item_is_not_served() => Given(ToRelease).When((Fetch with { Ref = "e9" }).Decide).Then(NotPermitted(TransferRules.NoSuchItem));

    [Fact]
    public void Nothing_is_served_before_conditions_are_accepted() => Given(ToOffer).When(Fetch.Decide).Then(NotPermitted(TransferRules.AcceptanceFirst));

    [Fact]
    public void Nothing_is_served_after_the_offer_expired() => Given(ToRelease).When((Fetch with { At = Cast.Hour(97) }).Decide).Then(NotPermitted(TransferRules.OfferExpired));

    [Fact]
    public void Nothing_is_served_once_stopped() => Given([.. ToRelease, Stopped]).When(Fetch.Decide).Then(NotPermitted(TransferRules.IsStopped));

    [Fact]
    public void Nothing_is_served_once_certified() => Given([.. ToRelease, Certified]).When(Fetch.Decide).Then(NotPermitted(TransferRules.IsCertified));

    [Fact]
    public void Not_accepted_before_it_expired_it_lapses() => Given(ToOffer).When(Lapse.Decide).Then(Lapsed(LapseReason.NotAccepted));

    [Fact]
    public void Not_released_in_time_it_lapses_as_the_suppliers_default() => Given(ToAcceptance).When(Lapse.Decide).Then(Lapsed(LapseReason.NotReleased));

    [Fact]
    public void It_does_not_lapse_early() => Given(ToOffer).When((Lapse with { At = Cast.Hour(96) }).Decide).Then(NotPermitted(TransferRules.NotYetLapsed));

    [Fact]
    public void An_accepted_offer_does_not_lapse_before_the_key_is_owed() =>
        Given(ToAcceptance).When((Lapse with { At = Cast.Hour(48) }).Decide).Then(NotPermitted(TransferRules.NotYetLapsed));

    [Fact]
    public void Lapsing_again_changes_nothing() => Given([.. ToOffer, Lapsed(LapseReason.NotAccepted)]).When(Lapse.Decide).Then();

    [Fact]
    public void What_was_released_does_not_lapse() => Given(ToRelease).When(Lapse.Decide).Then(NotPermitted(TransferRules.AlreadyReleased));

    [Fact]
    public void What_lapsed_is_not_accepted() =>
        Given([.. ToOffer, Lapsed(LapseReason.NotAccepted)])
            .When(new ReceiveAcceptance(Cast.Digest("acceptance"), Evidence.Offer, "transfer-key", Cast.Hour(3)).Decide)
            .Then(NotPermitted(TransferRules.HasLapsed));

    [Fact]
    public void An_objection_stops_it() => Given(ToAcceptance).When(Stop.Decide).Then(Stopped);

    [Fact]
    public void What_is_only_prepared_can_be_stopped() => Given(Package).When(Stop.Decide).Then(Stopped);

    [Fact]
    public void Stopping_again_changes_nothing() => Given([.. ToAcceptance, Stopped]).When(Stop.Decide).Then();

    [Fact]
    public void Nothing_is_stopped_before_it_is_prepared() => Given().When(Stop.Decide).Then(NotPermitted(TransferRules.NoSuchTransfer));

    [Fact]
    public void The_holders_certificate_ends_it() => Given(ToRelease).When(Certify.Decide).Then(Certified);

    [Fact]
    public void After_a_stop_the_certificate_ends_it_as_well() => Given([.. ToRelease, Stopped]).When(Certify.Decide).Then(Certified);

    [Fact]
    public void After_it_lapsed_the_end_of_fetched_bytes_may_be_declared() =>
        Given([.. ToAcceptance, Lapsed(LapseReason.NotReleased)]).When(Certify.Decide).Then(Certified);

    [Fact]
    public void The_same_certificate_again_changes_nothing() => Given([.. ToRelease, Certified]).When(Certify.Decide).Then();

    [Fact]
    public void A_certificate_with_unknown_copies_does_not_end_it()
    {
        Given(ToRelease).When((Certify with { Copies = new(6, 0, 2) }).Decide).Then(InPart);
        Assert.Equal("certified-in-part", SuppliedTransfer.Fold([.. ToRelease, InPart]).Name);
    }

    [Fact]
    public void The_certificate_that_accounts_for_every_copy_does() => Given([.. ToRelease, InPart]).When((Certify with { ActDigest = Cast.Digest("second") }).Decide).Then(Second);

    [Fact]
    public void The_same_one_again_changes_nothing_while_copies_are_unknown() => Given([.. ToRelease, InPart]).When((Certify with { Copies = new(6, 0, 2) }).Decide).Then();

    [Fact]
    public void A_copy_found_later_is_declared_by_another_certificate() =>
        Given([.. ToRelease, Certified]).When((Certify with { ActDigest = Cast.Digest("second") }).Decide).Then(Second);

    [Fact]
    public void What_is_certified_is_stopped_no_more() => Given([.. ToRelease, InPart]).When(Stop.Decide).Then();

    [Fact]
    public void A_certificate_that_does_not_come_falls_due() => Given(ToRelease).When(Owe.Decide).Then(Owed);

    [Fact]
    public void It_falls_due_once() => Given([.. ToRelease, Owed]).When(Owe.Decide).Then();

    [Fact]
    public void It_falls_due_not_an_instant_early() => Given(ToRelease).When((Owe with { At = Owe.At.AddMilliseconds(-1) }).Decide).Then(NotPermitted(RetentionRules.NotDue));

    [Fact]
    public void No_certificate_is_owed_for_what_was_not_released() => Given(ToAcceptance).When(Owe.Decide).Then(NotPermitted(RetentionRules.NotDue));

    [Fact]
    public void No_certificate_is_owed_for_what_is_unknown() => Given().When(Owe.Decide).Then(NotPermitted(TransferRules.NoSuchTransfer));

    [Fact]
    public void Nobody_certifies_what_was_never_accepted() => Given(ToOffer).When(Certify.Decide).Then(NotPermitted(TransferRules.AcceptanceFirst));
}

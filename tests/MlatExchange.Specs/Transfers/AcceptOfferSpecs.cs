using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;
using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;

namespace MlatExchange.Specs.Transfers;

public sealed class AcceptOfferSpecs : HoldingSpec
{
    private static readonly AcceptOffer Accept = new(Cast.Digest("acceptance"), "transfer-key", Request(), Cast.Signer, Cast.Hour(3));

    private static readonly RecordFetched Fetch = new("e1", 100, Cast.Digest("e1"), Cast.Hour(4));

    private static readonly ReceiveShare Share = new(Cast.Digest("jwe-b"), Cast.Hour(4));

    private static readonly ReportShareMismatch Report = new("e1", ShareIncident.OtherShare, Cast.Digest("other"), Cast.Holder, Cast.Hour(5));

    private static readonly LapseOffer Lapse = new(Cast.Hour(50));

    [Fact]
    public void A_verified_offer_is_taken_in() => Given().When(new ReceiveOffer(Offer).Decide).Then(Offer);

    [Fact]
    public void The_same_offer_again_changes_nothing() => Given(ToRetention).When(new ReceiveOffer(Offer).Decide).Then();

    [Fact]
    public void Another_offer_under_the_same_id_is_refused() =>
        Given(Offer).When(new ReceiveOffer(Offer with { Offer = Evidence.Offer with { ActDigest = Cast.Digest("other") } }).Decide).Then(NotPermitted(TransferRules.OtherOffer));

    [Fact]
    public void The_requesting_authority_accepts_conditions_and_terms() => Given(Offer).When(Accept.Decide).Then(Accepted);

    [Fact]
    public void The_same_acceptance_again_changes_nothing() => Given(Offer, Accepted).When(Accept.Decide).Then();

    [Fact]
    public void An_offer_is_accepted_with_one_key() =>
        Given(Offer, Accepted).When((Accept with { TransferKey = "other-key" }).Decide).Then(NotPermitted(TransferRules.AlreadyAccepted));

    [Fact]
    public void It_is_not_accepted_again_after_the_key_came() => Given(ToRetention).When(Accept.Decide).Then(NotPermitted(TransferRules.AlreadyAccepted));

    [Fact]
    public void Another_authority_may_not_accept() =>
        Given(Offer).When((Accept with { By = Cast.ForeignSigner }).Decide).Then(NotPermitted(TransferRules.RequestingAuthorityOnly));

    [Fact]
    public void Nothing_is_accepted_for_a_withdrawn_request() =>
        Given(Offer)
            .When((Accept with { Answered = Request(new RequestEvent.Withdrawn(WithdrawalGround.IssuedInError, "w", Cast.Signer, Cast.Hour(2))) }).Decide)
            .Then(NotPermitted(TransferRules.RequestDoesNotStand));

    [Fact]
    public void Nothing_is_accepted_after_the_key_was_owed() =>
        Given(Offer).When((Accept with { At = Cast.Hour(49) }).Decide).Then(NotPermitted(TransferRules.OfferExpired));

    [Fact]
    public void Nothing_is_accepted_before_it_is_offered() => Given().When(Accept.Decide).Then(NotPermitted(TransferRules.NoSuchTransfer));

    [Fact]
    public void Sealed_bytes_with_the_offered_digest_are_taken() => Given(Offer, Accepted).When(Fetch.Decide).Then(Fetched);

    [Fact]
    public void The_same_bytes_again_change_nothing() => Given(Offer, Accepted, Fetched).When(Fetch.Decide).Then();

    [Fact]
    public void Sealed_bytes_with_another_digest_are_rejected() =>
        Given(Offer, Accepted)
            .When((Fetch with { FoundDigest = Cast.Digest("other") }).Decide)
            .Then(new HoldingEvent.ItemRejected("e1", Cast.Digest("other"), Cast.Hour(4)));

    [Fact]
    public void Rejected_bytes_are_fetched_again() =>
        Given(Offer, Accepted, Fetched, new HoldingEvent.ItemRejected("e1", Cast.Digest("other"), Cast.Hour(4))).When(Fetch.Decide).Then(Fetched);

    [Fact]
    public void Bytes_of_an_unknown_item_are_refused() => Given(Offer, Accepted).When((Fetch with { Ref = "e9" }).Decide).Then(NotPermitted(TransferRules.NoSuchItem));

    [Fact]
    public void Nothing_is_fetched_before_it_is_accepted() => Given(Offer).When(Fetch.Decide).Then(NotPermitted(TransferRules.AcceptanceFirst));

    [Fact]
    public void When_the_key_comes_the_terms_that_count_from_receipt_start() => Given(Offer, Accepted).When(Share.Decide).Then(Shared, Retained);

    [Fact]
    public void Where_no_term_counts_from_receipt_none_starts() => Given(Offer with { Items = [Evidence.Second] }, Accepted).When(Share.Decide).Then(Shared);

    [Fact]
    public void The_same_key_again_changes_nothing() => Given(ToRetention).When(Share.Decide).Then();

    [Fact]
    public void Another_key_does_not_replace_it() =>
        Given(ToRetention).When((Share with { ShareDigest = Cast.Digest("other") }).Decide).Then(NotPermitted(TransferRules.OtherShare));

    [Fact]
    public void A_key_that_came_late_is_under_the_obligations_all_the_same() =>
        Given(Offer, Accepted, Lapsed(LapseReason.NotReleased)).When(Share.Decide).Then(Shared, Retained);

    [Fact]
    public void No_key_comes_before_acceptance() => Given(Offer).When(Share.Decide).Then(NotPermitted(TransferRules.AcceptanceFirst));

    [Fact]
    public void A_share_that_is_not_the_offered_one_is_an_incident() =>
        Given(ToRetention).When(Report.Decide).Then(new HoldingEvent.ShareMismatchReported("e1", ShareIncident.OtherShare, Cast.Digest("other"), Cast.Holder, Cast.Hour(5)));

    [Fact]
    public void A_share_that_does_not_open_the_item_is_an_incident() =>
        Given(ToRetention)
            .When((Report with { Incident = ShareIncident.DoesNotOpen, FoundDigest = Cast.Digest("b-e1") }).Decide)
            .Then(new HoldingEvent.ShareMismatchReported("e1", ShareIncident.DoesNotOpen, Cast.Digest("b-e1"), Cast.Holder, Cast.Hour(5)));

    [Fact]
    public void The_offered_share_is_no_other_share() =>
        Given(ToRetention).When((Report with { FoundDigest = Cast.Digest("b-e1") }).Decide).Then(NotPermitted(TransferRules.ShareAsOffered));

    [Fact]
    public void The_same_incident_again_changes_nothing() =>
        Given([.. ToRetention, new HoldingEvent.ShareMismatchReported("e1", ShareIncident.OtherShare, Cast.Digest("other"), Cast.Holder, Cast.Hour(5))])
            .When(Report.Decide)
            .Then();

    [Fact]
    public void An_incident_names_an_item() => Given(ToRetention).When((Report with { Ref = "e9" }).Decide).Then(NotPermitted(TransferRules.NoSuchItem));

    [Fact]
    public void There_is_no_incident_before_the_key_came() => Given(Offer, Accepted).When(Report.Decide).Then(NotPermitted(RetentionRules.NotUnderRetention));

    [Fact]
    public void Not_accepted_in_time_the_offer_lapses() => Given(Offer).When(Lapse.Decide).Then(Lapsed(LapseReason.NotAccepted));

    [Fact]
    public void Accepted_and_never_answered_it_is_the_suppliers_default() => Given(Offer, Accepted).When(Lapse.Decide).Then(Lapsed(LapseReason.NotReleased));

    [Fact]
    public void It_does_not_lapse_early() => Given(Offer).When((Lapse with { At = Cast.Hour(48) }).Decide).Then(NotPermitted(TransferRules.NotYetLapsed));

    [Fact]
    public void An_accepted_offer_does_not_lapse_early_either() =>
        Given(Offer, Accepted).When((Lapse with { At = Cast.Hour(48) }).Decide).Then(NotPermitted(TransferRules.NotYetLapsed));

    [Fact]
    public void Lapsing_again_changes_nothing() => Given(Offer, Lapsed(LapseReason.NotAccepted)).When(Lapse.Decide).Then();

    [Fact]
    public void What_can_be_opened_does_not_lapse() => Given(ToRetention).When(Lapse.Decide).Then(NotPermitted(RetentionRules.OrderFirst));

    private static AssistanceRequest Request(params RequestEvent[] after) => AssistanceRequest.Fold(
    [
        new RequestEvent.Drafted(Assessments.Facts, "thread-1", Cast.Drafter, Cast.Hour(-9)),
        new RequestEvent.Assessed(AssessmentSummary.Of(Assessments.Pass), Cast.Assessor, Cast.Hour(-8)),
        new RequestEvent.TransmissionApproved(new("act-1", "payload", 0, "evidence-key", ValidationMode.None, null), Cast.Approver, Cast.Hour(-7)),
        new RequestEvent.ActSigned("act", "act-key", Cast.Signer, Cast.Hour(-6)),
        new RequestEvent.Sent(Cast.Hour(-6)),
        .. after,
    ]);
}

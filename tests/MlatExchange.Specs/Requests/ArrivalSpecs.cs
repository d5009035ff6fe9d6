using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Requests;

namespace MlatExchange.Specs.Requests;

public sealed class ArrivalSpecs : RequestSpec
{
    private static readonly RecordReceipt Delivery = new(ReceiptKind.Delivery, Cast.Digest("message"), null, Cast.Hour(5));

    private static readonly RecordAcknowledgement Acknowledge = new(Cast.Digest("acknowledgement"), "xb-central", Cast.Hour(6));

    private static readonly RecordDecision Decision = new(
        Cast.Digest("decision"),
        [new("i1", ItemOutcome.Recognised, null, null, []), new("i2", ItemOutcome.Postponed, "ongoing-investigation", null, [])],
        Cast.Hour(7));

    private static readonly RecordOffer Offer = new("transfer-1", Cast.Hour(8));

    private static RequestEvent Delivered => new RequestEvent.ReceiptRecorded(ReceiptKind.Delivery, Cast.Digest("message"), null, Cast.Hour(5));

    private static RequestEvent Acknowledged => new RequestEvent.Acknowledged(Cast.Digest("acknowledgement"), Cast.Hour(6));

    private static RequestEvent Decided => new RequestEvent.DecisionReceived(Decision.ActDigest, Decision.Items, Cast.Hour(7));

    private static RequestEvent Offered => new RequestEvent.OfferReceived("transfer-1", Cast.Hour(8));

    [Fact]
    public void A_delivery_receipt_is_recorded() => Given(ToSending).When(Delivery.Decide).Then(Delivered);

    [Fact]
    public void The_same_receipt_again_changes_nothing() => Given([.. ToSending, Delivered]).When(Delivery.Decide).Then();

    [Fact]
    public void A_receipt_for_another_message_is_another_receipt() =>
        Given([.. ToSending, Delivered])
            .When((Delivery with { MessageDigest = Cast.Digest("withdrawal") }).Decide)
            .Then(new RequestEvent.ReceiptRecorded(ReceiptKind.Delivery, Cast.Digest("withdrawal"), null, Cast.Hour(5)));

    [Theory]
    [InlineData(ReceiptKind.SubmissionAcceptance, "sent")]
    [InlineData(ReceiptKind.SubmissionRejection, "sent")]
    [InlineData(ReceiptKind.RelayAcceptance, "sent")]
    [InlineData(ReceiptKind.RelayRejection, "sent")]
    [InlineData(ReceiptKind.RelayFailure, "sent")]
    [InlineData(ReceiptKind.Delivery, "delivered")]
    [InlineData(ReceiptKind.NonDelivery, "sent")]
    [InlineData(ReceiptKind.Retrieval, "retrieved")]
    [InlineData(ReceiptKind.NonRetrieval, "sent")]
    [InlineData(ReceiptKind.Stale, "sent")]
    public void Each_receipt_shows_how_far_the_request_got(ReceiptKind kind, string state) =>
        Given(ToSending).When((Delivery with { Receipt = kind, Step = "clock" }).Decide).ThenState(request => request.Name, state);

    [Fact]
    public void A_receipt_after_the_withdrawal_is_still_a_fact() => Given([.. ToSending, Withdrawn]).When(Delivery.Decide).Then(Delivered);

    [Fact]
    public void A_receipt_after_the_end_is_still_a_fact() => Given([.. ToSending, Withdrawn, Closed]).When(Delivery.Decide).Then(Delivered);

    [Fact]
    public void Nothing_that_has_not_left_gets_a_receipt() => Given(ToAwaitingValidation).When(Delivery.Decide).Then(NotPermitted(RequestRules.ValidationFirst));

    [Fact]
    public void The_acknowledgement_is_recorded() => Given(ToSending).When(Acknowledge.Decide).Then(Acknowledged);

    [Fact]
    public void A_second_acknowledgement_changes_nothing() => Given([.. ToSending, Acknowledged]).When(Acknowledge.Decide).Then();

    [Fact]
    public void An_acknowledgement_that_names_another_authority_says_that_the_request_was_forwarded()
    {
        var forwarded = new RequestEvent.Forwarded(Cast.Digest("acknowledgement"), "xb-247", Cast.Hour(6));
        Given([.. ToSending, Acknowledged]).When((Acknowledge with { Authority = "xb-247" }).Decide).Then(forwarded);
        Given(ToSending).When((Acknowledge with { Authority = "xb-247" }).Decide).Then(Acknowledged, forwarded);
        Given([.. ToSending, Acknowledged, forwarded]).When((Acknowledge with { Authority = "xb-247" }).Decide).Then();
        Given([.. ToSending, Acknowledged, forwarded]).When(Acknowledge.Decide).Then(new RequestEvent.Forwarded(Cast.Digest("acknowledgement"), "xb-central", Cast.Hour(6)));
    }

    [Fact]
    public void A_closed_request_is_not_acknowledged() => Given([.. ToSending, Withdrawn, Closed]).When(Acknowledge.Decide).Then(NotPermitted(RequestRules.IsClosed));

    [Fact]
    public void Nothing_that_has_not_left_is_acknowledged() => Given(ToApproval).When(Acknowledge.Decide).Then(NotPermitted(RequestRules.SignatureFirst));

    [Fact]
    public void The_decision_is_recorded_item_by_item() => Given([.. ToSending, Acknowledged]).When(Decision.Decide).Then(Decided);

    [Fact]
    public void The_same_decision_again_changes_nothing() => Given([.. ToSending, Decided]).When(Decision.Decide).Then();

    [Fact]
    public void A_postponed_item_may_be_decided_later() =>
        Given([.. ToSending, Decided])
            .When(new RecordDecision(Cast.Digest("decision-2"), [Refusal], Cast.Hour(9)).Decide)
            .Then(new RequestEvent.DecisionReceived(Cast.Digest("decision-2"), [Refusal], Cast.Hour(9)));

    [Fact]
    public void A_decision_on_an_item_that_was_not_asked_for_is_refused() =>
        Given(ToSending).When((Decision with { Items = [Refusal with { Ref = "i9" }] }).Decide).Then(NotPermitted(RequestRules.NoSuchItem));

    [Fact]
    public void A_decision_may_cross_the_withdrawal() => Given([.. ToSending, Withdrawn]).When(Decision.Decide).Then(Decided);

    [Fact]
    public void A_closed_request_is_not_decided() => Given([.. ToSending, Withdrawn, Closed]).When(Decision.Decide).Then(NotPermitted(RequestRules.IsClosed));

    [Fact]
    public void Nothing_that_has_not_left_is_decided() => Given(Drafted).When(Decision.Decide).Then(NotPermitted(Domain.Assessment.AssessmentRules.AssessmentFirst));

    [Fact]
    public void An_offer_of_evidence_is_recorded() => Given([.. ToSending, Decided]).When(Offer.Decide).Then(Offered);

    [Fact]
    public void The_same_offer_again_changes_nothing() => Given([.. ToSending, Decided, Offered]).When(Offer.Decide).Then();

    [Fact]
    public void An_offer_may_cross_the_withdrawal() => Given([.. ToSending, Withdrawn]).When(Offer.Decide).Then(Offered);

    [Fact]
    public void A_closed_request_gets_no_offer() => Given([.. ToSending, Withdrawn, Closed]).When(Offer.Decide).Then(NotPermitted(RequestRules.IsClosed));

    [Fact]
    public void Nothing_is_offered_before_the_request_is_there() => Given().When(Offer.Decide).Then(NotPermitted(RequestRules.DraftFirst));

    private static ItemDecision Refusal => new("i2", ItemOutcome.Refused, "political-offence", "BC 27(4)(a)", []);
}

using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Transfers;

namespace MlatExchange.Specs.Transfers;

public sealed class PrepareTransferSpecs : SupplySpec
{
    private static readonly PrepareTransfer Prepare = new(Package, Recognised("i1", "i2"));

    [Fact]
    public void What_was_recognised_may_be_prepared() => Given().When(Prepare.Decide).Then(Package);

    [Fact]
    public void A_transfer_id_is_used_once() => Given(Package).When(Prepare.Decide).Then(NotPermitted(TransferRules.TransferKnown));

    [Fact]
    public void What_was_not_recognised_is_not_sent() => Given().When((Prepare with { Answers = Recognised("i1") }).Decide).Then(NotPermitted(TransferRules.NotRecognised));

    [Fact]
    public void Nothing_is_sent_in_answer_to_a_withdrawn_request() =>
        Given()
            .When((Prepare with { Answers = Recognised(["i1", "i2"], new ExecutionEvent.WithdrawnBySender("w", "no-longer-needed", Cast.Hour(0))) }).Decide)
            .Then(NotPermitted(TransferRules.NotRecognised));

    [Fact]
    public void Nothing_is_sent_in_answer_to_a_request_whose_validation_was_refused() =>
        Given()
            .When((Prepare with { Answers = Recognised(["i1", "i2"], new ExecutionEvent.ValidationReceived(ValidationOutcome.Refused, "v", Cast.Hour(0))) }).Decide)
            .Then(NotPermitted(TransferRules.NotRecognised));

    [Fact]
    public void Nothing_is_sent_in_answer_to_nothing() =>
        Given().When((Prepare with { Answers = ReceivedRequest.Initial }).Decide).Then(NotPermitted(TransferRules.NotRecognised));

    [Fact]
    public void A_transfer_has_items() => Refused([]);

    [Fact]
    public void Items_have_their_own_references() => Refused([Evidence.First, Evidence.Second with { Ref = "e1" }]);

    [Fact]
    public void References_are_small_letters_digits_and_hyphens() => Refused([Evidence.First with { Ref = "../E1" }]);

    [Fact]
    public void References_are_not_empty() => Refused([Evidence.First with { Ref = "" }]);

    [Fact]
    public void References_have_at_most_32_letters() => Refused([Evidence.First with { Ref = new('a', 33) }]);

    [Fact]
    public void Items_have_a_size() => Refused([Evidence.First with { Size = 0 }]);

    [Fact]
    public void Items_have_a_term() => Refused([Evidence.First with { Retention = Evidence.First.Retention with { MaximumDays = 0 } }]);

    [Fact]
    public void The_key_is_owed_after_now() =>
        Given().When((Prepare with { Package = Package with { ReleaseBy = Cast.Hour(0) } }).Decide).Then(NotPermitted(TransferRules.DatesReversed));

    [Fact]
    public void The_offer_does_not_expire_before_the_key_is_owed() =>
        Given().When((Prepare with { Package = Package with { Expires = Cast.Hour(47) } }).Decide).Then(NotPermitted(TransferRules.DatesReversed));

    private void Refused(EvidenceItem[] items) =>
        Given().When((Prepare with { Package = Package with { Items = items } }).Decide).Then(NotPermitted(TransferRules.ItemsFirst));

    private static ReceivedRequest Recognised(params string[] items) => Recognised(items, []);

    private static ReceivedRequest Recognised(string[] items, params ExecutionEvent[] after) => ReceivedRequest.Fold(
    [
        new ExecutionEvent.Received(
            Assessments.Facts, "XA", "thread-1", "act-1", "act", Assessments.Stated, ValidationMode.Within48Hours, "xa-judge", "evidence-key", Cast.Hour(-5)),
        new ExecutionEvent.Decided(
            "decision", [.. items.Select(item => new ItemDecision(item, ItemOutcome.Recognised, null, null, []))], Cast.Prosecutor, Cast.Hour(-1)),
        .. after,
    ]);
}

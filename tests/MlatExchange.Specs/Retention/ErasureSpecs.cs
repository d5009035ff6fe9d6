using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;
using MlatExchange.Specs.Transfers;

namespace MlatExchange.Specs.Retention;

public sealed class ErasureSpecs : HoldingSpec
{
    private static readonly OrderDestruction Order = new(ErasureGround.HolderDecision, ObjectionTime, Cast.Holder, Cast.Hour(20));

    private static readonly StartErasure Start = new(Cast.Hour(100));

    private static readonly SendCertificate Certify = new(Cast.Digest("certificate"), Cast.Node, Cast.Hour(101));

    private static readonly RecordCertificateReceipt Receipt = new(Cast.Digest("message"), Cast.Hour(102));

    private static readonly RecordKeyDestroyed DestroyKey = new(Cast.Hour(268), Cast.Hour(100));

    private static readonly RecordCiphertextDeleted Delete = new(Cast.Hour(100));

    private static readonly CompleteErasure Complete = new(Cast.Hour(268));

    [Fact]
    public void The_holder_may_order_the_destruction_early_and_oversight_has_time_to_object() =>
        Given(ToRetention).When(Order.Decide).Then(Ordered(ErasureGround.HolderDecision, Cast.Hour(92)));

    [Theory]
    [InlineData(ErasureGround.CourtOrder, "XB Evidence Act 7")]
    [InlineData(ErasureGround.ValidationRefused, "EEV 4(5)")]
    [InlineData(ErasureGround.Objection, "XB Evidence Act 7")]
    [InlineData(ErasureGround.RequestWithdrawn, "XB Evidence Act 7")]
    public void Some_grounds_leave_no_time(ErasureGround ground, string reference) =>
        Given(ToRetention).When((Order with { Ground = ground }).Decide).Then(Ordered(ground, Cast.Hour(20), reference));

    [Fact]
    public void The_same_order_again_changes_nothing() => Given(ToOrder).When((Order with { At = Cast.Hour(30) }).Decide).Then();

    [Fact]
    public void A_ground_that_leaves_no_time_hastens_an_order() =>
        Given(ToOrder).When((Order with { Ground = ErasureGround.CourtOrder, At = Cast.Hour(30) }).Decide).Then(Ordered(ErasureGround.CourtOrder, Cast.Hour(30), at: 30));

    [Fact]
    public void The_end_of_the_term_is_a_ground_once_it_came() =>
        Given(ToRetention)
            .When(new OrderDestruction(ErasureGround.TermEnded, ObjectionTime, Cast.Holder, FirstDue).Decide)
            .Then(new HoldingEvent.DestructionOrdered(
                new(["subscriber"], 2, Cast.Holder, ErasureGround.TermEnded, "XB Evidence Act 7", FirstDue + ObjectionTime), FirstDue));

    [Fact]
    public void The_end_of_the_term_is_no_ground_before_it_came() =>
        Given(ToRetention).When((Order with { Ground = ErasureGround.TermEnded }).Decide).Then(NotPermitted(RetentionRules.NotDue));

    [Fact]
    public void Without_a_trigger_no_term_ends() =>
        Given(Offer with { Items = [Evidence.Second] }, Accepted, Shared)
            .When((Order with { Ground = ErasureGround.TermEnded }).Decide)
            .Then(NotPermitted(RetentionRules.NotDue));

    [Fact]
    public void No_term_ends_before_the_key_came() =>
        Given(Offer, Accepted).When((Order with { Ground = ErasureGround.TermEnded }).Decide).Then(NotPermitted(RetentionRules.NotDue));

    [Fact]
    public void A_review_that_found_no_need_is_a_ground() =>
        Given([.. ToRetention, new HoldingEvent.Reviewed(ReviewOutcome.NoLongerNecessary, null, Cast.Holder, Cast.Hour(9))])
            .When((Order with { Ground = ErasureGround.Review }).Decide)
            .Then(Ordered(ErasureGround.Review, Cast.Hour(92)));

    [Fact]
    public void A_review_that_found_need_is_none() =>
        Given([.. ToRetention, new HoldingEvent.Reviewed(ReviewOutcome.StillNecessary, null, Cast.Holder, Cast.Hour(9))])
            .When((Order with { Ground = ErasureGround.Review }).Decide)
            .Then(NotPermitted(RetentionRules.ReviewFirst));

    [Fact]
    public void Bytes_that_were_fetched_without_a_key_can_be_destroyed_too() =>
        Given(Offer, Accepted, Fetched, Lapsed(LapseReason.NotReleased))
            .When(Order.Decide)
            .Then(Ordered(ErasureGround.HolderDecision, Cast.Hour(92), "XB Evidence Act 8"));

    [Fact]
    public void No_destruction_is_ordered_under_a_hold() => Given([.. ToRetention, Held]).When(Order.Decide).Then(NotPermitted(RetentionRules.HoldStands));

    [Fact]
    public void After_the_hold_it_can_be_ordered() => Given([.. ToRetention, Held, Lifted]).When(Order.Decide).Then(Ordered(ErasureGround.HolderDecision, Cast.Hour(92)));

    [Fact]
    public void Nothing_is_ordered_that_is_not_held() => Given(Offer).When(Order.Decide).Then(NotPermitted(TransferRules.AcceptanceFirst));

    [Fact]
    public void What_is_being_erased_need_not_be_ordered() => Given([.. ToOrder, Started]).When(Order.Decide).Then();

    [Fact]
    public void When_the_time_is_over_the_erasure_starts() => Given(ToOrder).When(Start.Decide).Then(Started);

    [Fact]
    public void It_does_not_start_while_oversight_may_object() =>
        Given(ToOrder).When((Start with { At = Cast.Hour(91.9) }).Decide).Then(NotPermitted(RetentionRules.TooEarly));

    [Fact]
    public void It_does_not_start_under_a_hold() => Given([.. ToOrder, Held]).When(Start.Decide).Then(NotPermitted(RetentionRules.HoldStands));

    [Fact]
    public void It_starts_when_the_hold_is_lifted() => Given([.. ToOrder, Held, Lifted]).When(Start.Decide).Then(Started);

    [Fact]
    public void Starting_again_changes_nothing() => Given([.. ToOrder, Started]).When(Start.Decide).Then();

    [Fact]
    public void Nothing_is_erased_that_was_not_ordered() => Given(ToRetention).When(Start.Decide).Then(NotPermitted(RetentionRules.OrderFirst));

    [Fact]
    public void The_key_goes_first() => Given([.. ToOrder, Started]).When(DestroyKey.Decide).Then(KeyDestroyed);

    [Fact]
    public void The_key_does_not_go_before_the_start_is_recorded() => Given(ToOrder).When(DestroyKey.Decide).Then(NotPermitted(RetentionRules.StepOutOfOrder));

    [Fact]
    public void The_end_of_the_key_is_recorded_once() => Given([.. ToOrder, Started, KeyDestroyed]).When(DestroyKey.Decide).Then();

    [Fact]
    public void Then_the_sealed_bytes() => Given([.. ToOrder, Started, KeyDestroyed]).When(Delete.Decide).Then(Deleted);

    [Fact]
    public void The_sealed_bytes_do_not_go_before_the_key() => Given([.. ToOrder, Started]).When(Delete.Decide).Then(NotPermitted(RetentionRules.StepOutOfOrder));

    [Fact]
    public void The_end_of_the_sealed_bytes_is_recorded_once() => Given([.. ToOrder, Started, KeyDestroyed, Deleted]).When(Delete.Decide).Then();

    [Fact]
    public void Then_it_is_completed() => Given([.. ToOrder, Started, KeyDestroyed, Deleted]).When(Complete.Decide).Then(Completed);

    [Fact]
    public void It_is_not_completed_while_sealed_bytes_are_there() =>
        Given([.. ToOrder, Started, KeyDestroyed]).When(Complete.Decide).Then(NotPermitted(RetentionRules.StepOutOfOrder));

    [Fact]
    public void It_is_not_completed_while_the_epoch_s_key_stands() =>
        Given([.. ToOrder, Started, KeyDestroyed, Deleted]).When((Complete with { At = Cast.Hour(267) }).Decide).Then(NotPermitted(RetentionRules.EpochStands));

    [Fact]
    public void The_certificate_names_no_instant_before_the_epoch_s_key_was_destroyed()
    {
        var late = new HoldingEvent.ErasureCompleted(Cast.Hour(300)); // no process ran at the end of the epoch
        Assert.Equal(Cast.Hour(300), Assert.IsType<HeldTransfer.Destroyed>(Given([.. ToOrder, Started, KeyDestroyed, Deleted, late]).State).UnrecoverableFrom);
    }

    [Fact]
    public void Completing_again_changes_nothing() => Given(ToDestroyed).When(Complete.Decide).Then();

    [Fact]
    public void Then_the_supplier_gets_the_certificate() => Given(ToDestroyed).When(Certify.Decide).Then(Sent);

    [Fact]
    public void The_certificate_counts_every_copy_that_custody_knows() =>
        Given([.. ToDestroyed, Copy("a", CopyState.Kept), Copy("b", CopyState.Destroyed), Copy("c", CopyState.Unknown), Copy("c", CopyState.Destroyed)])
            .When(Certify.Decide)
            .Then(new HoldingEvent.CertificateSent(Cast.Digest("certificate"), new(10, 2, 2), Cast.Node, Cast.Hour(101)));

    [Fact]
    public void The_same_certificate_again_changes_nothing() => Given([.. ToDestroyed, Sent]).When(Certify.Decide).Then();

    [Fact]
    public void Nothing_is_certified_before_it_is_done() => Given([.. ToOrder, Started]).When(Certify.Decide).Then(NotPermitted(RetentionRules.StepOutOfOrder));

    [Fact]
    public void The_suppliers_receipt_ends_the_transfer() => Given([.. ToDestroyed, Sent]).When(Receipt.Decide).Then(Receipted);

    [Fact]
    public void The_same_receipt_again_changes_nothing() => Given([.. ToDestroyed, Sent, Receipted]).When(Receipt.Decide).Then();

    [Fact]
    public void There_is_no_receipt_before_the_certificate() => Given(ToDestroyed).When(Receipt.Decide).Then(NotPermitted(RetentionRules.StepOutOfOrder));

    [Fact]
    public void There_is_no_receipt_for_what_is_only_ordered() => Given(ToOrder).When(Receipt.Decide).Then(NotPermitted(RetentionRules.StepOutOfOrder));

    private static HoldingEvent Copy(string copy, CopyState state) =>
        new HoldingEvent.CustodyRecorded(Cast.Digest($"{copy}-{state}"), copy, state, Cast.Holder, Cast.Hour(100));
}

using MlatExchange.Domain.Transfers;

namespace MlatExchange.Specs.Transfers;

public sealed class StoreContentSpecs : SupplySpec
{
    private static readonly StoreContent Whole = new("e1", 0, 100, 100, Cast.Digest("e1"), Cast.Hour(1));

    private static readonly StoreContent FirstPart = new("e1", 0, 60, 100, null, Cast.Hour(1));

    private static readonly StoreContent SecondPart = new("e1", 60, 40, 100, Cast.Digest("e1"), Cast.Hour(1));

    [Fact]
    public void Sealed_bytes_come_at_once() => Given(Package).When(Whole.Decide).Then(Stored("e1"));

    [Fact]
    public void Or_in_parts() => Given(Package).When(FirstPart.Decide).Then(Stored("e1", 60));

    [Fact]
    public void The_last_part_completes_the_item() => Given(Package, Stored("e1", 60)).When(SecondPart.Decide).Then(Stored("e1"));

    [Fact]
    public void The_same_part_again_changes_nothing() => Given(Package, Stored("e1", 60)).When(FirstPart.Decide).Then();

    [Fact]
    public void The_whole_again_changes_nothing() => Given(Package, Stored("e1")).When(Whole.Decide).Then();

    [Fact]
    public void A_part_may_not_leave_a_gap() => Given(Package, Stored("e1", 50)).When(SecondPart.Decide).Then(NotPermitted(TransferRules.WrongOffset));

    [Fact]
    public void A_part_may_not_overlap_the_end_of_what_is_there() => Given(Package, Stored("e1", 70)).When(SecondPart.Decide).Then(NotPermitted(TransferRules.WrongOffset));

    [Fact]
    public void A_part_stays_inside_the_item() => Given(Package).When((Whole with { Length = 101 }).Decide).Then(NotPermitted(TransferRules.WrongOffset));

    [Fact]
    public void A_part_has_bytes() => Given(Package).When((Whole with { Length = 0 }).Decide).Then(NotPermitted(TransferRules.WrongOffset));

    [Fact]
    public void A_part_does_not_begin_before_the_item() => Given(Package).When((Whole with { From = -1 }).Decide).Then(NotPermitted(TransferRules.WrongOffset));

    [Fact]
    public void A_length_near_the_largest_number_does_not_overflow() =>
        Given(Package).When((Whole with { From = 1, Length = long.MaxValue }).Decide).Then(NotPermitted(TransferRules.WrongOffset));

    [Fact]
    public void The_size_of_the_whole_does_not_change_between_parts() =>
        Given(Package, Stored("e1", 60)).When((SecondPart with { Total = 110 }).Decide).Then(NotPermitted(TransferRules.WrongOffset));

    [Fact]
    public void Bytes_with_another_digest_are_rejected_and_the_upload_starts_again() =>
        Given(Package, Stored("e1", 60))
            .When((SecondPart with { FoundDigest = Cast.Digest("other") }).Decide)
            .Then(new SupplyEvent.ContentRejected("e1", Cast.Digest("other"), Cast.Hour(1)));

    [Fact]
    public void After_a_rejection_it_starts_from_the_first_byte() =>
        Given(Package, Stored("e1", 60), new SupplyEvent.ContentRejected("e1", Cast.Digest("other"), Cast.Hour(1))).When(FirstPart.Decide).Then(Stored("e1", 60));

    [Fact]
    public void Bytes_of_an_unknown_item_are_refused() => Given(Package).When((Whole with { Ref = "e9" }).Decide).Then(NotPermitted(TransferRules.NoSuchItem));

    [Fact]
    public void After_the_offer_bytes_are_fixed() => Given(ToOffer).When(Whole.Decide).Then(NotPermitted(TransferRules.AlreadyOffered));

    [Fact]
    public void A_stopped_transfer_takes_no_bytes() => Given(Package, Stopped).When(Whole.Decide).Then(NotPermitted(TransferRules.IsStopped));

    [Fact]
    public void Nothing_is_stored_before_it_is_prepared() => Given().When(Whole.Decide).Then(NotPermitted(TransferRules.NoSuchTransfer));
}

using MlatExchange.Domain.Transfers;

namespace MlatExchange.Specs.Transfers;

public sealed class StoreContentSpecs : SupplySpec
{
    private static readonly StoreContent Whole = new("e1", 100, Cast.Digest("e1"), Cast.Hour(1));

    [Fact]
    public void Sealed_bytes_that_are_all_here_are_stored() => Given(Package).When(Whole.Decide).Then(Stored("e1"));

    [Fact]
    public void Parts_that_older_nodes_recorded_do_not_stand_in_the_way() => Given(Package, Stored("e1", 60)).When(Whole.Decide).Then(Stored("e1"));

    [Fact]
    public void The_whole_again_changes_nothing() => Given(Package, Stored("e1")).When(Whole.Decide).Then();

    [Fact]
    public void Once_stored_other_bytes_change_nothing() => Given(Package, Stored("e1")).When((Whole with { FoundDigest = Cast.Digest("other") }).Decide).Then();

    [Fact]
    public void Bytes_with_another_digest_are_rejected_and_the_upload_starts_again() =>
        Given(Package)
            .When((Whole with { FoundDigest = Cast.Digest("other") }).Decide)
            .Then(new SupplyEvent.ContentRejected("e1", Cast.Digest("other"), Cast.Hour(1)));

    [Fact]
    public void After_a_rejection_the_described_bytes_are_stored() =>
        Given(Package, new SupplyEvent.ContentRejected("e1", Cast.Digest("other"), Cast.Hour(1))).When(Whole.Decide).Then(Stored("e1"));

    [Fact]
    public void Bytes_of_an_unknown_item_are_refused() => Given(Package).When((Whole with { Ref = "e9" }).Decide).Then(NotPermitted(TransferRules.NoSuchItem));

    [Fact]
    public void After_the_offer_bytes_are_fixed() => Given(ToOffer).When(Whole.Decide).Then(NotPermitted(TransferRules.AlreadyOffered));

    [Fact]
    public void A_stopped_transfer_takes_no_bytes() => Given(Package, Stopped).When(Whole.Decide).Then(NotPermitted(TransferRules.IsStopped));

    [Fact]
    public void Nothing_is_stored_before_it_is_prepared() => Given().When(Whole.Decide).Then(NotPermitted(TransferRules.NoSuchTransfer));
}

using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;
using MlatExchange.Specs.Transfers;

namespace MlatExchange.Specs.Retention;

/// <summary>A certificate lists every known copy, and says of none more than is known.</summary>
public sealed class CertificateSpecs : HoldingSpec
{
    private static readonly SendCertificate Send = new(Cast.Digest("second"), Cast.Node, Cast.Hour(300));

    private static HoldingEvent Told(string copy, CopyState state, string? item) => new HoldingEvent.CustodyRecorded(Cast.Digest(copy + state), copy, state, Cast.Holder, Cast.Hour(200), item);

    [Fact]
    public void A_copy_stands_under_its_item_and_a_key_under_every_item()
    {
        var holding = ((HeldTransfer.Known)HeldTransfer.Fold([.. ToRetention, Told("opened-copy/1", CopyState.Kept, "e1"), Told("transfer-key/2", CopyState.Destroyed, null)])).Holding;
        Assert.Equal(["sealed-file", "released-share", "wrapped-share", "opened-copy", "transfer-key"], DeclaredCopies.Of(holding, "e1").Select(copy => copy.Kind));
        Assert.Equal(["sealed-file", "released-share", "wrapped-share", "transfer-key"], DeclaredCopies.Of(holding, "e2").Select(copy => copy.Kind));
        Assert.Equal(new CopyCounts(8, 1, 0), DeclaredCopies.Counts(holding));
    }

    [Fact]
    public void A_key_of_which_nobody_spoke_is_unknown() =>
        Assert.Equal(CopyState.Unknown, DeclaredCopies.Of(((HeldTransfer.Known)HeldTransfer.Fold(ToRetention)).Holding, "e1").Single(copy => copy.Kind == "transfer-key").State);

    [Fact]
    public void What_is_said_last_of_a_copy_counts() => Assert.Equal(new CopyCounts(7, 0, 2), DeclaredCopies.Counts(
        ((HeldTransfer.Known)HeldTransfer.Fold([.. ToRetention, Told("opened-copy/1", CopyState.Unknown, "e1"), Told("opened-copy/1", CopyState.Destroyed, "e1")])).Holding));

    [Fact]
    public void When_more_is_known_of_a_copy_a_certificate_is_owed_anew()
    {
        Given([.. ToDestroyed, Sent, Receipted, Told("transfer-key/2", CopyState.Destroyed, null)]).When(Send.Decide)
            .Then(new HoldingEvent.CertificateSent(Cast.Digest("second"), new(8, 0, 0), Cast.Node, Cast.Hour(300)));
        Assert.IsType<ErasureStep.SendCertificate>(Erasure.Next(HeldTransfer.Fold([.. ToDestroyed, Sent, Told("transfer-key/2", CopyState.Destroyed, null)]).Progress!, Cast.Hour(300)));
    }

    [Fact]
    public void What_changes_nothing_of_the_certificate_owes_none() => Given([.. ToDestroyed, Sent, Receipted, Told("transfer-key/2", CopyState.Unknown, null)]).When(Send.Decide).Then();

    [Fact]
    public void A_copy_of_an_item_that_was_not_offered_is_not_known() => Given(ToRetention)
        .When(new RecordCustody(Cast.Digest("record"), "opened-copy/1", CopyState.Kept, Cast.Holder, Cast.Hour(9), "e9").Decide).Then(NotPermitted(TransferRules.NoSuchItem));
}

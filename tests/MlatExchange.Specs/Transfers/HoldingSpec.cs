using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;

namespace MlatExchange.Specs.Transfers;

/// <summary>The words that the holder's stories are told in. The key comes at hour 4; the first item is due 365 days later.</summary>
public abstract class HoldingSpec() : Spec<HeldTransfer, HoldingEvent>(HeldTransfer.Initial, HeldTransfer.Evolve)
{
    protected static readonly Guid Hold = new("01977f00-0000-7000-8000-00000000b001");

    protected static readonly DateTimeOffset FirstDue = Cast.Hour(4).AddDays(365);

    protected static readonly TimeSpan ObjectionTime = TimeSpan.FromHours(72);

    protected static readonly HoldingEvent.OfferReceived Offer = new(
        "transfer-1", new("01977f00-0000-7000-8000-00000000c001"), "XB", Evidence.Offer, [Evidence.First, Evidence.Second], Cast.Hour(48), Cast.Hour(96), Cast.Hour(2));

    protected static HoldingEvent Accepted => new HoldingEvent.Accepted(Cast.Digest("acceptance"), "transfer-key", Cast.Signer, Cast.Hour(3));

    protected static HoldingEvent Fetched => new HoldingEvent.ItemFetched("e1", 100, Cast.Hour(4));

    protected static HoldingEvent Shared => new HoldingEvent.ShareReceived(Cast.Digest("jwe-b"), Cast.Hour(4));

    protected static HoldingEvent Retained => new HoldingEvent.RetentionStarted("receipt", Cast.Hour(4), [new("e1", FirstDue)], null, Cast.Hour(4));

    protected static readonly LegalHold Appeal = new(HoldBasis.AppealPending, "XA Criminal Procedure Code 98", "xa-judge", Cast.Hour(10).AddDays(90));

    protected static HoldingEvent Held => new HoldingEvent.HoldPlaced(Hold, Cast.Holder, Cast.Hour(10), Appeal);

    protected static HoldingEvent Lifted => new HoldingEvent.HoldLifted(Hold, Cast.Holder, Cast.Hour(11));

    protected static HoldingEvent Started => new HoldingEvent.ErasureStarted(Cast.Hour(100));

    protected static HoldingEvent KeyDestroyed => new HoldingEvent.KeyDestroyed(Cast.Hour(268), Cast.Hour(100));

    protected static HoldingEvent Deleted => new HoldingEvent.CiphertextDeleted(1, Cast.Hour(100));

    protected static HoldingEvent Completed => new HoldingEvent.ErasureCompleted(Cast.Hour(268));

    /// <summary>Three copies that the node held of each of the two items, and the transfer key, of which nobody spoke.</summary>
    protected static HoldingEvent Sent => new HoldingEvent.CertificateSent(Cast.Digest("certificate"), new(6, 0, 2), Cast.Node, Cast.Hour(101));

    protected static HoldingEvent Receipted => new HoldingEvent.CertificateReceipted(Cast.Digest("message"), Cast.Hour(102));

    protected static HoldingEvent Lapsed(LapseReason reason) => new HoldingEvent.OfferLapsed(reason, Cast.Hour(50));

    protected static HoldingEvent Ordered(ErasureGround ground, DateTimeOffset notBefore, string reference = "XB Evidence Act 7", double at = 20) =>
        new HoldingEvent.DestructionOrdered(new(["subscriber"], 2, Cast.Holder, ground, reference, notBefore), Cast.Hour(at));

    /// <summary>Can be opened.</summary>
    protected static HoldingEvent[] ToRetention => [Offer, Accepted, Fetched, Shared, Retained];

    /// <summary>Ordered at hour 20 by the holder, to be carried out from hour 92 on.</summary>
    protected static HoldingEvent[] ToOrder => [.. ToRetention, Ordered(ErasureGround.HolderDecision, Cast.Hour(92))];

    /// <summary>Erased, nothing said yet.</summary>
    protected static HoldingEvent[] ToDestroyed => [.. ToOrder, Started, KeyDestroyed, Deleted, Completed];
}

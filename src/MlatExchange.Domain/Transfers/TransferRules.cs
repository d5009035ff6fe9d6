using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>Rules about evidence on its way. A broken one is a 409 with the slug.</summary>
public static class TransferRules
{
    public static readonly Rule NoSuchTransfer = new("no-such-transfer", "There is no such transfer.", "design");

    public static readonly Rule TransferKnown = new("transfer-known", "A transfer with this id exists already.", "design");

    public static readonly Rule ItemsFirst = new("items-first", "A transfer has at least one item; each has its own reference of small letters, digits and hyphens, a size and a term.", "design");

    public static readonly Rule NotRecognised = new("not-recognised", "Only what was recognised in answer to a request that stands may be sent.", "EIO 9, 13");

    public static readonly Rule DatesReversed = new("dates-reversed", "The key is owed after now, and the offer does not expire before that.", "design");

    public static readonly Rule NoSuchItem = new("no-such-item", "The transfer has no such item.", "design");

    public static readonly Rule ContentFirst = new("content-first", "The sealed bytes of every item must be here first, with the digest that is offered.", "LED 4(1)(d)");

    public static readonly Rule OfferFirst = new("offer-first", "The offer must be made first.", "design");

    public static readonly Rule AlreadyOffered = new("already-offered", "The offer is made: its items and terms are fixed.", "design");

    public static readonly Rule AcceptanceFirst = new("acceptance-first", "Conditions and terms must be accepted by signature first.", "EEV 12(4), BC 28(3)");

    public static readonly Rule AcceptanceDiffers = new("acceptance-differs", "An acceptance repeats the digests of offer, conditions and terms; this one names others.", "BC 28(3)");

    public static readonly Rule AlreadyAccepted = new("already-accepted", "The offer was accepted with another key already.", "design");

    public static readonly Rule AlreadyReleased = new("already-released", "The key is out: what was offered can no longer change.", "design");

    public static readonly Rule OfferExpired = new("offer-expired", "The time set in the offer is over.", "design");

    public static readonly Rule NotYetLapsed = new("not-yet-lapsed", "The time set in the offer is not over.", "design");

    public static readonly Rule HasLapsed = new("has-lapsed", "The transfer lapsed.", "design");

    public static readonly Rule IsStopped = new("is-stopped", "The transfer was stopped: no key and no byte leaves any more.", "EEV 17(3), EIO 13(2)");

    public static readonly Rule RangeOutside = new("range-outside", "The range lies outside the item.", "RFC 9110 14.2");

    public static readonly Rule IsCertified = new("is-certified", "The holder has declared the destruction.", "design");

    public static readonly Rule RequestDoesNotStand = new("request-does-not-stand", "The request that this answers was withdrawn or closed.", "EEV 4(5)");

    public static readonly Rule RequestingAuthorityOnly = new("requesting-authority-only", "Only an official of the authority that issued the request may do this.", "EEV 4, EIO 2(c)");

    public static readonly Rule ShareAsOffered = new("share-as-offered", "The share has the digest that was offered: no incident.", "design");

    public static readonly Rule OtherOffer = new("other-offer", "The transfer was offered under another act already.", "design");

    public static readonly Rule OtherShare = new("other-share", "Another key-release was recorded already.", "design");

    internal static NotPermitted OutOfOrder(SuppliedTransfer state) => new(state switch
    {
        SuppliedTransfer.NotPrepared => NoSuchTransfer,
        SuppliedTransfer.Prepared => OfferFirst,
        SuppliedTransfer.Offered => AcceptanceFirst,
        SuppliedTransfer.Accepted or SuppliedTransfer.Released => AlreadyReleased,
        SuppliedTransfer.Lapsed => HasLapsed,
        SuppliedTransfer.Stopped => IsStopped,
        _ => IsCertified,
    });

    internal static NotPermitted OutOfOrder(HeldTransfer state) => new(state switch
    {
        HeldTransfer.NotOffered => NoSuchTransfer,
        HeldTransfer.Offered => AcceptanceFirst,
        HeldTransfer.Accepted => RetentionRules.NotUnderRetention,
        HeldTransfer.Lapsed => HasLapsed,
        HeldTransfer.UnderRetention => RetentionRules.OrderFirst,
        HeldTransfer.DestructionOrdered => RetentionRules.StepOutOfOrder,
        _ => RetentionRules.ErasureStarted,
    });
}

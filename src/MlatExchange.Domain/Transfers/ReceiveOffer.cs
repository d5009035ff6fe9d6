namespace MlatExchange.Domain.Transfers;

/// <summary>Takes in a verified transfer-offer act.</summary>
public sealed record ReceiveOffer(HoldingEvent.OfferReceived Offer)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.NotOffered => [Offer],
        HeldTransfer.Known s when s.Holding.Offer.Offer.ActDigest == Offer.Offer.ActDigest => [],
        _ => new NotPermitted(TransferRules.OtherOffer),
    };
}

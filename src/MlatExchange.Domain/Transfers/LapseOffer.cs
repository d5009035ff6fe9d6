namespace MlatExchange.Domain.Transfers;

/// <summary>The holder's clock ran out: not accepted in time, or accepted and never answered with the key, which is the supplier's default.</summary>
public sealed record LapseOffer(DateTimeOffset At)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.Lapsed => [],
        HeldTransfer.Offered s when At > s.Holding.Offer.ReleaseBy => [new HoldingEvent.OfferLapsed(LapseReason.NotAccepted, At)],
        HeldTransfer.Accepted s when At > s.Holding.Offer.ReleaseBy => [new HoldingEvent.OfferLapsed(LapseReason.NotReleased, At)],
        HeldTransfer.Offered or HeldTransfer.Accepted => new NotPermitted(TransferRules.NotYetLapsed),
        _ => TransferRules.OutOfOrder(transfer),
    };
}

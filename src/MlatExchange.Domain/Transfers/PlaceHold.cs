namespace MlatExchange.Domain.Transfers;

/// <summary>Places a legal hold. In the same stream as the erasure, so that one of the two appends fails when both are tried at once.</summary>
/// <param name="Hold">A fresh id; the reason goes to the vault.</param>
public sealed record PlaceHold(Guid Hold, Official By, DateTimeOffset At)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.InHand s when s.Holding.Holds.Contains(Hold) => [],
        HeldTransfer.InHand => [new HoldingEvent.HoldPlaced(Hold, By, At)],
        _ => TransferRules.OutOfOrder(transfer),
    };
}

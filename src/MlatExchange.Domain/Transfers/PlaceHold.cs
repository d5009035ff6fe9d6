using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>Places a legal hold. In the same stream as the erasure, so that one of the two appends fails when both are tried at once.</summary>
/// <param name="Hold">A fresh id; the reason goes to the vault.</param>
public sealed record PlaceHold(Guid Hold, LegalHold Terms, Official By, DateTimeOffset At)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.InHand s when s.Holding.Holds.ContainsKey(Hold) => [],
        HeldTransfer.InHand when !LegalHold.MayEnd(Terms.Until, At) => new NotPermitted(RetentionRules.HoldEnd),
        HeldTransfer.InHand => [new HoldingEvent.HoldPlaced(Hold, By, At, Terms)],
        _ => TransferRules.OutOfOrder(transfer),
    };
}

using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>Ends a legal hold. An erasure that was ordered meanwhile goes on.</summary>
public sealed record LiftHold(Guid Hold, Official By, DateTimeOffset At)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.InHand s when s.Holding.Holds.ContainsKey(Hold) => [new HoldingEvent.HoldLifted(Hold, By, At)],
        HeldTransfer.InHand s when s.Holding.LiftedHolds.Contains(Hold) => [],
        HeldTransfer.InHand => new NotPermitted(RetentionRules.NoSuchHold),
        _ => TransferRules.OutOfOrder(transfer),
    };
}

using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>The time of a legal hold is over and nobody renewed it. What was due meanwhile goes on.</summary>
public sealed record EndHold(Guid Hold, DateTimeOffset At)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.InHand s when s.Holding.LiftedHolds.Contains(Hold) => [],
        HeldTransfer.InHand s when !s.Holding.Holds.ContainsKey(Hold) => new NotPermitted(RetentionRules.NoSuchHold),
        HeldTransfer.InHand s when s.Holding.Holds[Hold] is { } hold && hold.Until <= At => [new HoldingEvent.HoldEnded(Hold, hold.Until, At)],
        HeldTransfer.InHand => new NotPermitted(RetentionRules.HoldStands),
        _ => TransferRules.OutOfOrder(transfer),
    };
}

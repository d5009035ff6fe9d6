using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>The term ran out. One key opens all items of a transfer, so the first that is due decides for all.</summary>
public sealed record MarkDestructionDue(DateTimeOffset At)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.UnderRetention { DestructionDue: not null } => [],
        HeldTransfer.UnderRetention { Holding.FirstDue: { } due } when due <= At => [new HoldingEvent.DestructionDue(due, At)],
        HeldTransfer.UnderRetention => new NotPermitted(RetentionRules.NotDue),
        _ => TransferRules.OutOfOrder(transfer),
    };
}

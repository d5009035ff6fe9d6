using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>Records that the transfer's data key is gone from the key store.</summary>
/// <param name="UnrecoverableFrom">End of the epoch whose key wraps the last copy in a backup, UTC.</param>
public sealed record RecordKeyDestroyed(DateTimeOffset UnrecoverableFrom, DateTimeOffset At)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.Erasing { UnrecoverableFrom: null } => [new HoldingEvent.KeyDestroyed(UnrecoverableFrom, At)],
        HeldTransfer.Erasing or HeldTransfer.Destroyed or HeldTransfer.Certified => [],
        HeldTransfer.DestructionOrdered => new NotPermitted(RetentionRules.StepOutOfOrder),
        _ => TransferRules.OutOfOrder(transfer),
    };
}

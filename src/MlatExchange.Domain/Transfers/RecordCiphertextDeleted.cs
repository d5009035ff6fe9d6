using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>Records that the sealed bytes are gone; after the key, because only the key's end makes every other copy unreadable.</summary>
public sealed record RecordCiphertextDeleted(DateTimeOffset At)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.Erasing { UnrecoverableFrom: null } => new NotPermitted(RetentionRules.StepOutOfOrder),
        HeldTransfer.Erasing { CiphertextDeleted: false } s => [new HoldingEvent.CiphertextDeleted(s.Holding.Fetched.Count, At)],
        HeldTransfer.Erasing or HeldTransfer.Destroyed or HeldTransfer.Certified => [],
        _ => TransferRules.OutOfOrder(transfer),
    };
}

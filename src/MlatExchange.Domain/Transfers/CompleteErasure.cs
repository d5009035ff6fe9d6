using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>Records that nothing is left here; the certificate may say so.</summary>
/// <param name="At">After the destruction of the epoch's key, UTC: the instant that the certificate names.</param>
public sealed record CompleteErasure(DateTimeOffset At)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.Erasing { UnrecoverableFrom: { } until, CiphertextDeleted: true } when At < until => new NotPermitted(RetentionRules.EpochStands),
        HeldTransfer.Erasing { UnrecoverableFrom: not null, CiphertextDeleted: true } => [new HoldingEvent.ErasureCompleted(At)],
        HeldTransfer.Erasing => new NotPermitted(RetentionRules.StepOutOfOrder),
        HeldTransfer.Destroyed or HeldTransfer.Certified => [],
        _ => TransferRules.OutOfOrder(transfer),
    };
}

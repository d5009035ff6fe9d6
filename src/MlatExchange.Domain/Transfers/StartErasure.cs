using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>
/// The point of no return, recorded at the version that was read and before anything is destroyed: a hold placed in between makes the append fail.
/// </summary>
public sealed record StartErasure(DateTimeOffset At)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.DestructionOrdered s when !s.Holding.Holds.IsEmpty => new NotPermitted(RetentionRules.HoldStands),
        HeldTransfer.DestructionOrdered s when At < s.Order.NotBefore => new NotPermitted(RetentionRules.TooEarly),
        HeldTransfer.DestructionOrdered => [new HoldingEvent.ErasureStarted(At)],
        HeldTransfer.Erasing or HeldTransfer.Destroyed or HeldTransfer.Certified => [],
        _ => TransferRules.OutOfOrder(transfer),
    };
}

namespace MlatExchange.Domain.Transfers;

/// <summary>The supplier's clock ran out: not accepted before it expired, or accepted and not released in time.</summary>
public sealed record LapseTransfer(DateTimeOffset At)
{
    public Decision<SupplyEvent> Decide(SuppliedTransfer transfer) => transfer switch
    {
        SuppliedTransfer.Lapsed => [],
        SuppliedTransfer.Offered s when At > s.Package.Expires => [new SupplyEvent.Lapsed(LapseReason.NotAccepted, At)],
        SuppliedTransfer.Accepted s when At > s.Package.ReleaseBy => [new SupplyEvent.Lapsed(LapseReason.NotReleased, At)],
        SuppliedTransfer.Offered or SuppliedTransfer.Accepted => new NotPermitted(TransferRules.NotYetLapsed),
        _ => TransferRules.OutOfOrder(transfer),
    };
}

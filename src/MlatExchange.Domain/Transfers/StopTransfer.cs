namespace MlatExchange.Domain.Transfers;

/// <summary>A withdrawal, suspension, objection or refused validation takes effect where the supplier logs it. A key already out becomes an order to destroy.</summary>
public sealed record StopTransfer(StopGround Ground, DateTimeOffset At)
{
    public Decision<SupplyEvent> Decide(SuppliedTransfer transfer) => transfer switch
    {
        SuppliedTransfer.Stopped or SuppliedTransfer.Lapsed or SuppliedTransfer.Certified or SuppliedTransfer.CertifiedInPart => [],
        SuppliedTransfer.Prepared or SuppliedTransfer.OnOffer => [new SupplyEvent.Stopped(Ground, At)],
        _ => TransferRules.OutOfOrder(transfer),
    };
}

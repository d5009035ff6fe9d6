using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>Records the supplier's delivery receipt for the certificate: the last thing that a case key waits for.</summary>
/// <param name="MessageDigest">Digest of the message that carried the certificate.</param>
public sealed record RecordCertificateReceipt(string MessageDigest, DateTimeOffset At)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.Certified => [],
        HeldTransfer.Destroyed { Certificate: not null } => [new HoldingEvent.CertificateReceipted(MessageDigest, At)],
        HeldTransfer.Destroyed or HeldTransfer.Erasing => new NotPermitted(RetentionRules.StepOutOfOrder),
        _ => TransferRules.OutOfOrder(transfer),
    };
}

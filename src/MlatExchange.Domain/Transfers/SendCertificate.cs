using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>The holder declares the destruction to the supplier by a signed act that lists every known copy.</summary>
/// <param name="ActDigest">SHA-256 over the act's signing input, known before the signature is made.</param>
public sealed record SendCertificate(string ActDigest, Official By, DateTimeOffset At)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.Destroyed { Certificate: null } s => [new HoldingEvent.CertificateSent(ActDigest, DeclaredCopies.Counts(s.Holding), By, At)],
        HeldTransfer.Destroyed or HeldTransfer.Certified => [],
        HeldTransfer.Erasing => new NotPermitted(RetentionRules.StepOutOfOrder),
        _ => TransferRules.OutOfOrder(transfer),
    };
}

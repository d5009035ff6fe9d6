namespace MlatExchange.Domain.Transfers;

/// <summary>Takes in the holder's destruction-certificate act: what it declares destroyed, kept under a reference, or unknown.</summary>
/// <param name="ActDigest">Digest of the act.</param>
public sealed record ReceiveCertificate(string ActDigest, CopyCounts Copies, DateTimeOffset At)
{
    public Decision<SupplyEvent> Decide(SuppliedTransfer transfer) => transfer switch
    {
        SuppliedTransfer.Certified { Certificate.ActDigest: var known } when known == ActDigest => [],
        SuppliedTransfer.CertifiedInPart { Certificate.ActDigest: var known } when known == ActDigest => [],
        // The holder learned more of a copy: what it declares last counts.
        SuppliedTransfer.Certified or SuppliedTransfer.CertifiedInPart => [new SupplyEvent.CertificateReceived(ActDigest, Copies, At)],
        // Also where no key was released: sealed bytes may have been fetched, and their end may be declared.
        SuppliedTransfer.Accepted or SuppliedTransfer.Released or SuppliedTransfer.Stopped or SuppliedTransfer.Lapsed => [new SupplyEvent.CertificateReceived(ActDigest, Copies, At)],
        _ => TransferRules.OutOfOrder(transfer),
    };
}

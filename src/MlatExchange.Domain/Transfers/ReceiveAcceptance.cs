namespace MlatExchange.Domain.Transfers;

/// <summary>Takes in the holder's conditions-accepted act. It must repeat what was offered, word for word.</summary>
/// <param name="ActDigest">Digest of the conditions-accepted act.</param>
/// <param name="Repeats">The digests it repeats.</param>
/// <param name="TransferKey">RFC 7638 thumbprint of the key for share B.</param>
public sealed record ReceiveAcceptance(string ActDigest, OfferDigests Repeats, string TransferKey, DateTimeOffset At)
{
    public Decision<SupplyEvent> Decide(SuppliedTransfer transfer) => transfer switch
    {
        SuppliedTransfer.Accepted { Acceptance.ActDigest: var known } => known == ActDigest ? [] : new NotPermitted(TransferRules.AlreadyAccepted),
        SuppliedTransfer.Released { Acceptance.ActDigest: var known } => known == ActDigest ? [] : new NotPermitted(TransferRules.AlreadyAccepted),
        SuppliedTransfer.Offered s when Repeats != s.Offer => new NotPermitted(TransferRules.AcceptanceDiffers),
        SuppliedTransfer.Offered s when At > s.Package.Expires => new NotPermitted(TransferRules.OfferExpired),
        SuppliedTransfer.Offered => [new SupplyEvent.AcceptanceReceived(ActDigest, TransferKey, At)],
        _ => TransferRules.OutOfOrder(transfer),
    };
}

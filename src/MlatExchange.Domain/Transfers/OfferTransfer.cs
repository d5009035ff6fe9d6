namespace MlatExchange.Domain.Transfers;

/// <summary>The supplying authority offers the evidence under conditions and terms, by a signed act.</summary>
/// <param name="Offer">Digests of the act, the conditions and the terms; known before the signature is made.</param>
public sealed record OfferTransfer(OfferDigests Offer, Official By, DateTimeOffset At)
{
    public Decision<SupplyEvent> Decide(SuppliedTransfer transfer) => transfer switch
    {
        SuppliedTransfer.OnOffer s => s.Offer == Offer ? [] : new NotPermitted(TransferRules.AlreadyOffered),
        SuppliedTransfer.Prepared { Complete: false } => new NotPermitted(TransferRules.ContentFirst),
        SuppliedTransfer.Prepared s when At >= s.Package.ReleaseBy => new NotPermitted(TransferRules.OfferExpired),
        SuppliedTransfer.Prepared => [new SupplyEvent.Offered(Offer, By, At)],
        _ => TransferRules.OutOfOrder(transfer),
    };
}

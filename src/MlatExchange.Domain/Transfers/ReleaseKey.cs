namespace MlatExchange.Domain.Transfers;

/// <summary>Releases share B to the accepted transfer key; the node does so by itself once the acceptance is in.</summary>
/// <param name="ShareDigest">SHA-256 of JWE(B).</param>
public sealed record ReleaseKey(string ShareDigest, DateTimeOffset At)
{
    public Decision<SupplyEvent> Decide(SuppliedTransfer transfer) => transfer switch
    {
        // A repeat seals anew, so its digest differs; the first release counts.
        SuppliedTransfer.Released => [],
        SuppliedTransfer.Accepted s when At > s.Package.ReleaseBy => new NotPermitted(TransferRules.OfferExpired),
        SuppliedTransfer.Accepted => [new SupplyEvent.KeyReleased(ShareDigest, At)],
        _ => TransferRules.OutOfOrder(transfer),
    };
}

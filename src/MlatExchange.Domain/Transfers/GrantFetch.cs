namespace MlatExchange.Domain.Transfers;

/// <summary>
/// Grants one request for a range of an item's sealed bytes; served only once the event is in the log. Never idempotent: each serving is a disclosure
/// of its own (LED 25(1)).
/// </summary>
/// <param name="Total">Bytes of the sealed item as stored.</param>
public sealed record GrantFetch(string Ref, long From, long Length, long Total, DateTimeOffset At)
{
    public Decision<SupplyEvent> Decide(SuppliedTransfer transfer) => transfer switch
    {
        // In parallel with the release: without share B the bytes are noise.
        SuppliedTransfer.Accepted s => Grant(s.Package),
        SuppliedTransfer.Released s => Grant(s.Package),
        _ => TransferRules.OutOfOrder(transfer),
    };

    private Decision<SupplyEvent> Grant(SupplyEvent.Prepared package)
    {
        if (package.Items.All(item => item.Ref != Ref)) return new NotPermitted(TransferRules.NoSuchItem);
        if (At > package.Expires) return new NotPermitted(TransferRules.OfferExpired);
        if (From < 0 || Length <= 0 || From > Total - Length) return new NotPermitted(TransferRules.RangeOutside);
        return [new SupplyEvent.FetchGranted(Ref, From, Length, At)];
    }
}

namespace MlatExchange.Domain.Transfers;

/// <summary>Records that all sealed bytes of an item came from the supplier, or that they are not the offered ones.</summary>
/// <param name="Size">Sealed bytes.</param>
/// <param name="FoundDigest">Digest computed here over what came.</param>
public sealed record RecordFetched(string Ref, long Size, string FoundDigest, DateTimeOffset At)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.Offered => TransferRules.OutOfOrder(transfer),
        HeldTransfer.InHand s when s.Holding.Item(Ref) is null => new NotPermitted(TransferRules.NoSuchItem),
        HeldTransfer.InHand s when s.Holding.Item(Ref)!.Digest != FoundDigest => [new HoldingEvent.ItemRejected(Ref, FoundDigest, At)],
        HeldTransfer.InHand s when s.Holding.Fetched.Contains(Ref) => [],
        HeldTransfer.Accepted or HeldTransfer.UnderRetention => [new HoldingEvent.ItemFetched(Ref, Size, At)],
        _ => TransferRules.OutOfOrder(transfer),
    };
}

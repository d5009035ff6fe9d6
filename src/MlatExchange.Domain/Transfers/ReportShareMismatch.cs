namespace MlatExchange.Domain.Transfers;

/// <summary>The prosecutor's tool says that share B is not the one offered, or does not open the item. Becomes an incident notice to the supplier.</summary>
/// <param name="FoundDigest">SHA-256 of the share that came.</param>
public sealed record ReportShareMismatch(string Ref, ShareIncident Incident, string FoundDigest, Official By, DateTimeOffset At)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.UnderRetention s when s.Holding.Item(Ref) is null => new NotPermitted(TransferRules.NoSuchItem),
        HeldTransfer.UnderRetention s when s.Holding.Mismatches.Contains(Ref) => [],
        HeldTransfer.UnderRetention s when Incident == ShareIncident.OtherShare && FoundDigest == s.Holding.Item(Ref)!.NodeShareDigest =>
            new NotPermitted(TransferRules.ShareAsOffered),
        HeldTransfer.UnderRetention => [new HoldingEvent.ShareMismatchReported(Ref, Incident, FoundDigest, By, At)],
        _ => TransferRules.OutOfOrder(transfer),
    };
}

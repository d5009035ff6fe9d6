namespace MlatExchange.Domain.Transfers;

/// <summary>
/// Records that all sealed bytes of an item are here and durable, or that they are not the described ones. A half-written item is no event: it means nothing until the digest
/// of the whole decides. Whoever writes the file asks <see cref="Refusal"/> before the first byte.
/// </summary>
/// <param name="Total">Bytes of the whole sealed item.</param>
/// <param name="FoundDigest">Digest computed over the bytes as they came.</param>
public sealed record StoreContent(string Ref, long Total, string FoundDigest, DateTimeOffset At)
{
    /// <summary>Why bytes of the item cannot be taken in; null when they can, or when all are here already.</summary>
    public static Rule? Refusal(SuppliedTransfer transfer, string item) => transfer switch
    {
        SuppliedTransfer.Prepared s => s.Package.Items.All(known => known.Ref != item) ? TransferRules.NoSuchItem : null,
        SuppliedTransfer.NotPrepared or SuppliedTransfer.Stopped or SuppliedTransfer.Lapsed or SuppliedTransfer.Certified or SuppliedTransfer.CertifiedInPart => TransferRules.OutOfOrder(transfer).Rule,
        _ => TransferRules.AlreadyOffered,
    };

    public Decision<SupplyEvent> Decide(SuppliedTransfer transfer)
    {
        if (Refusal(transfer, Ref) is { } rule) return new NotPermitted(rule);
        var prepared = (SuppliedTransfer.Prepared)transfer;
        if (prepared.Content.GetValueOrDefault(Ref) is { Complete: true }) return [];
        return FoundDigest == prepared.Package.Items.First(item => item.Ref == Ref).Digest
            ? [new SupplyEvent.ContentStored(Ref, Total, Total, At)]
            : [new SupplyEvent.ContentRejected(Ref, FoundDigest, At)];
    }
}

namespace MlatExchange.Domain.Transfers;

/// <summary>
/// Records a part of an item's sealed bytes once it is durable. Whoever writes the file asks <see cref="Refusal"/> before the first byte.
/// </summary>
/// <param name="From">First byte of the part.</param>
/// <param name="Length">Bytes of the part.</param>
/// <param name="Total">Bytes of the whole sealed item.</param>
/// <param name="FoundDigest">Digest of the whole, computed when the last byte came; null before.</param>
public sealed record StoreContent(string Ref, long From, long Length, long Total, string? FoundDigest, DateTimeOffset At)
{
    /// <summary>Why a part cannot be written; null when it can, or when it is durable already.</summary>
    public static Rule? Refusal(SuppliedTransfer transfer, string item, long from, long length, long total)
    {
        if (transfer is not SuppliedTransfer.Prepared s)
            return transfer is SuppliedTransfer.NotPrepared or SuppliedTransfer.Stopped or SuppliedTransfer.Lapsed or SuppliedTransfer.Certified
                ? TransferRules.OutOfOrder(transfer).Rule
                : TransferRules.AlreadyOffered;
        if (s.Package.Items.All(known => known.Ref != item)) return TransferRules.NoSuchItem;
        var stored = s.Content.GetValueOrDefault(item);
        var inside = from >= 0 && length > 0 && from <= total - length && (stored is null || stored.Total == total);
        return inside && (from == (stored?.Bytes ?? 0) || IsStored(stored, from, length)) ? null : TransferRules.WrongOffset;
    }

    public Decision<SupplyEvent> Decide(SuppliedTransfer transfer)
    {
        if (Refusal(transfer, Ref, From, Length, Total) is { } rule) return new NotPermitted(rule);
        var prepared = (SuppliedTransfer.Prepared)transfer;
        if (IsStored(prepared.Content.GetValueOrDefault(Ref), From, Length)) return [];
        if (From + Length < Total) return [new SupplyEvent.ContentStored(Ref, From + Length, Total, At)];
        var offered = prepared.Package.Items.First(item => item.Ref == Ref).Digest;
        return FoundDigest == offered
            ? [new SupplyEvent.ContentStored(Ref, Total, Total, At)]
            : [new SupplyEvent.ContentRejected(Ref, FoundDigest ?? "none", At)];
    }

    private static bool IsStored(StoredContent? stored, long from, long length) => stored is not null && from + length <= stored.Bytes;
}

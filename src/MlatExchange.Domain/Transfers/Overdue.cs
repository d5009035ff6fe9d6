namespace MlatExchange.Domain.Transfers;

/// <summary>What should have happened in a transfer and has not, as its events tell. Each side has its own list; what the other side owes stands in both.</summary>
/// <param name="What">Code: <c>destruction</c>, <c>review</c>, <c>certificate</c> or <c>key-release</c>.</param>
/// <param name="Since">When it was owed, UTC.</param>
public sealed record Overdue(string What, DateTimeOffset Since)
{
    /// <summary>At the holder; null where nothing is overdue.</summary>
    public static Overdue? Of(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.UnderRetention { DestructionDue: { } due } => new("destruction", due),
        HeldTransfer.DestructionOrdered { Holding: { Holds.IsEmpty: false, FirstDue: { } due } } => new("destruction", due),
        HeldTransfer.UnderRetention { Holding.ReviewDue: { } due } => new("review", due),
        HeldTransfer.Lapsed { Reason: LapseReason.NotReleased } s => new("key-release", s.Holding.Offer.ReleaseBy),
        _ => null,
    };

    /// <summary>At the supplier; null where nothing is overdue.</summary>
    public static Overdue? Of(SuppliedTransfer transfer) => transfer switch
    {
        { OverdueSince: { } since } => new("certificate", since),
        SuppliedTransfer.Lapsed { Reason: LapseReason.NotReleased } s => new("key-release", s.Package.ReleaseBy),
        _ => null,
    };
}

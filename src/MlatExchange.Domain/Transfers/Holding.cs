using System.Collections.Immutable;
using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>What the holder knows of a transfer whatever its stage.</summary>
/// <param name="Fetched">References of the items whose sealed bytes are here.</param>
/// <param name="Mismatches">References of the items whose share B is not the one offered.</param>
/// <param name="Dues">When each item is to be destroyed; only for items whose trigger happened.</param>
/// <param name="Holds">Legal holds that stand.</param>
/// <param name="Copies">State of each copy reported by the prosecutor's tool.</param>
public sealed record Holding(
    HoldingEvent.OfferReceived Offer,
    ImmutableHashSet<string> Fetched,
    ImmutableHashSet<string> Mismatches,
    ImmutableDictionary<string, ItemDue> Dues,
    ImmutableHashSet<Guid> Holds,
    ImmutableDictionary<string, CopyState> Copies,
    HoldingEvent.Reviewed? LastReview)
{
    internal Holding(HoldingEvent.OfferReceived offer)
        : this(
            offer,
            ImmutableHashSet.Create<string>(StringComparer.Ordinal),
            ImmutableHashSet.Create<string>(StringComparer.Ordinal),
            ImmutableDictionary.Create<string, ItemDue>(StringComparer.Ordinal),
            [],
            ImmutableDictionary.Create<string, CopyState>(StringComparer.Ordinal),
            null)
    {
    }

    /// <summary>Every item's sealed bytes are here.</summary>
    public bool AllFetched => Offer.Items.All(item => Fetched.Contains(item.Ref));

    /// <summary>Copies as a certificate declares them.</summary>
    public CopyCounts CopyCounts => new(Count(CopyState.Destroyed), Count(CopyState.Kept), Count(CopyState.Unknown));

    internal Holding Due(HoldingEvent.RetentionStarted started) =>
        this with { Dues = Dues.SetItems(started.Items.Select(item => KeyValuePair.Create(item.Ref, item))) };

    private int Count(CopyState state) => Copies.Values.Count(copy => copy == state);
}

/// <summary>What became of a copy that left the node, as the holder's tool declares it.</summary>
public enum CopyState
{
    /// <summary>Opened or copied, nothing said since.</summary>
    Unknown,

    /// <summary>Kept under a reference, such as the court's file.</summary>
    Kept,
    Destroyed,
}

/// <summary>What a review came to (2AP 14(5)).</summary>
public enum ReviewOutcome
{
    StillNecessary,

    /// <summary>The destruction is to be ordered.</summary>
    NoLongerNecessary,
}

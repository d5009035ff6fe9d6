using System.Collections.Immutable;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>What the holder knows of a transfer whatever its stage.</summary>
/// <param name="Fetched">References of the items whose sealed bytes are here.</param>
/// <param name="Mismatches">References of the items whose share B is not the one offered.</param>
/// <param name="Dues">When each item is to be destroyed; only for items whose trigger happened.</param>
/// <param name="Holds">Legal holds that stand; null for one of the time before they had an end.</param>
/// <param name="LiftedHolds">Legal holds that stood once.</param>
/// <param name="Copies">What the holder's tools reported of each copy last.</param>
/// <param name="CustodyRecords">Digests of the signed records that said so.</param>
/// <param name="ReviewDue">Since when a review is owed; null while none is.</param>
public sealed record Holding(
    HoldingEvent.OfferReceived Offer,
    ImmutableHashSet<string> Fetched,
    ImmutableHashSet<string> Mismatches,
    ImmutableDictionary<string, ItemDue> Dues,
    ImmutableDictionary<Guid, LegalHold?> Holds,
    ImmutableHashSet<Guid> LiftedHolds,
    ImmutableDictionary<string, ToldCopy> Copies,
    ImmutableHashSet<string> CustodyRecords,
    HoldingEvent.Reviewed? LastReview,
    DateTimeOffset? ReviewDue = null)
{
    internal Holding(HoldingEvent.OfferReceived offer)
        : this(
            offer,
            ImmutableHashSet.Create<string>(StringComparer.Ordinal),
            ImmutableHashSet.Create<string>(StringComparer.Ordinal),
            ImmutableDictionary.Create<string, ItemDue>(StringComparer.Ordinal),
            ImmutableDictionary<Guid, LegalHold?>.Empty,
            [],
            ImmutableDictionary.Create<string, ToldCopy>(StringComparer.Ordinal),
            ImmutableHashSet.Create<string>(StringComparer.Ordinal),
            null)
    {
    }

    /// <summary>Every item's sealed bytes are here.</summary>
    public bool AllFetched => Offer.Items.All(item => Fetched.Contains(item.Ref));

    /// <summary>Retention terms of all items.</summary>
    public IEnumerable<RetentionTerms> Terms => Offer.Items.Select(item => item.Retention);

    /// <summary>When the first item is to be destroyed, and with it all; null while no trigger happened.</summary>
    public DateTimeOffset? FirstDue => Dues.IsEmpty ? null : Dues.Values.Min(due => due.Destroy);

    /// <summary>The terms that decide for all items: of the item due first, or of the shortest term while none is due.</summary>
    public RetentionTerms DecidingTerms =>
        Offer.Items.MinBy(item => (Dues.TryGetValue(item.Ref, out var due) ? due.Destroy : DateTimeOffset.MaxValue, item.Retention.MaximumDays))!.Retention;

    /// <summary>The latest instant of the next review; null where the terms ask for none or nothing can be opened yet.</summary>
    /// <param name="releasedAt">When the key came.</param>
    public DateTimeOffset? NextReview(DateTimeOffset releasedAt) => LastReview is { } last ? last.NextReview : RetentionSchedule.Review(Terms, releasedAt);

    /// <summary>The item with the reference; null when there is none.</summary>
    public EvidenceItem? Item(string item) => Offer.Items.FirstOrDefault(known => known.Ref == item);

    /// <summary>When the first of the legal holds that stand ends by itself; null where none does.</summary>
    public DateTimeOffset? HoldEnds => Holds.Values.Min(hold => hold?.Until);

    internal Holding Due(HoldingEvent.RetentionStarted started) =>
        this with { Dues = Dues.SetItems(started.Items.Select(item => KeyValuePair.Create(item.Ref, item))) };

    internal Holding Told(HoldingEvent.CustodyRecorded custody) =>
        this with { Copies = Copies.SetItem(custody.Copy, new(custody.State, custody.Ref, custody.Record)), CustodyRecords = CustodyRecords.Add(custody.Record) };

    internal Holding Placed(HoldingEvent.HoldPlaced hold) => this with { Holds = Holds.SetItem(hold.Hold, hold.Terms) };

    internal Holding Renewed(HoldingEvent.HoldRenewed renewed) => Holds.TryGetValue(renewed.Hold, out var hold)
        ? this with { Holds = Holds.SetItem(renewed.Hold, (hold ?? new(HoldBasis.OtherProceedings, DecidingTerms.LegalReference, renewed.By.Authority, renewed.Until)) with { Until = renewed.Until }) }
        : this;

    internal Holding Ended(Guid hold) => this with { Holds = Holds.Remove(hold), LiftedHolds = LiftedHolds.Add(hold) };
}

/// <summary>What was said of a copy last.</summary>
/// <param name="Ref">The item; null for a key.</param>
/// <param name="Record">Digest of the signed custody record.</param>
public sealed record ToldCopy(CopyState State, string? Ref, string Record);

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

/// <summary>What is wrong with share B.</summary>
public enum ShareIncident
{
    /// <summary>Its SHA-256 is not the one in the offer: anyone who sees both can tell.</summary>
    OtherShare,

    /// <summary>It is the one offered, and yet the item does not open (C2SP commitment).</summary>
    DoesNotOpen,
}

using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Ledger;

namespace MlatExchange.Node.Oversight;

/// <summary>Which way evidence goes, seen from this node.</summary>
public enum TransferDirection
{
    /// <summary>This node holds what another supplies.</summary>
    Incoming,

    /// <summary>This node supplies.</summary>
    Outgoing,
}

/// <summary>An event of the transfer at its place in the log; the time is the one in the leaf.</summary>
/// <param name="Position">1, 2, 3 over everything on the node.</param>
/// <param name="Index">Leaf index, from 0.</param>
/// <param name="Kind">Pinned name of the event.</param>
public sealed record LogPlace(long Position, long Index, Guid Event, string Kind, DateTimeOffset At)
{
    internal static LogPlace Of(LogEntry entry) => new(entry.Position, entry.Index, entry.Event.Id, entry.Event.Type, entry.Event.At);
}

/// <summary>When each step was logged, UTC; null while it was not.</summary>
/// <param name="Released">Supplier: the key went out. Holder: it came.</param>
/// <param name="Fetched">Supplier: the last range served so far. Holder: the last item was complete.</param>
/// <param name="Ended">The offer lapsed or the supplier stopped the transfer.</param>
public sealed record TransferTimes(
    DateTimeOffset? Prepared = null,
    DateTimeOffset? Offered = null,
    DateTimeOffset? Accepted = null,
    DateTimeOffset? Released = null,
    DateTimeOffset? Fetched = null,
    DateTimeOffset? DestructionOrdered = null,
    DateTimeOffset? Destroyed = null,
    DateTimeOffset? Certified = null,
    DateTimeOffset? Ended = null);

/// <summary>
/// What oversight may read of one transfer: legal basis, categories, terms, state, and where the proof is. Made from the transfer's own events and the clear
/// part of their leaves, so whoever holds the leaves can make it again.
/// </summary>
/// <param name="Transfer">Wire id, the same on both sides.</param>
/// <param name="Counterpart">Jurisdiction of the other side.</param>
/// <param name="LegalBasis">Instrument and article, such as <c>EEV 5</c>.</param>
/// <param name="Conditions">Types of the conditions on use.</param>
/// <param name="Retention">The shortest of the terms: it decides for the whole transfer.</param>
/// <param name="Terms">Every different term among the items.</param>
/// <param name="Fetched">Items complete at the holder.</param>
/// <param name="Holds">Legal holds that stand.</param>
/// <param name="Due">When the next thing is owed; null while nothing is, or its day is not known yet.</param>
/// <param name="DueFor">What is owed: <c>key-release</c>, <c>destruction</c> or <c>destruction-certificate</c>.</param>
/// <param name="Copies">As the destruction certificate declares them; declared, not proven.</param>
/// <param name="Record">The event that stands for the transfer: offered (supplier), accepted (holder), the first one before that.</param>
public sealed record TransferRecord(
    string Transfer,
    TransferDirection Direction,
    string Counterpart,
    string? Instrument,
    IReadOnlyList<string> LegalBasis,
    string? AuthorityRole,
    string? Purpose,
    string? PackDigest,
    IReadOnlyList<string> DataCategories,
    IReadOnlyList<string> SubjectCategories,
    IReadOnlyList<string> Conditions,
    RetentionTerms Retention,
    IReadOnlyList<RetentionTerms> Terms,
    int Items,
    IReadOnlyList<string> Fetched,
    int Holds,
    string State,
    TransferTimes Times,
    DateTimeOffset ReleaseBy,
    DateTimeOffset Expires,
    DateTimeOffset? Due,
    string? DueFor,
    CopyCounts? Copies,
    LogPlace First,
    LogPlace Last,
    LogPlace Record)
{
    /// <summary>Whether what is owed is late at that instant.</summary>
    public bool OverdueAt(DateTimeOffset now) => Due < now;
}

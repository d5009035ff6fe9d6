using System.Text.Json.Serialization;
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
    // To the millisecond, as leaf and document have it: the same instant wherever it is compared.
    internal static LogPlace Of(LogEntry entry) =>
        new(entry.Position, entry.Index, entry.Event.Id, entry.Event.Type, entry.Event.At.AddTicks(-(entry.Event.At.Ticks % TimeSpan.TicksPerMillisecond)));
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
/// What oversight may read of one transfer: legal basis, categories, terms, state, what the case behind it tells, and where the proof is. Made from the events of the
/// transfer and its case and the clear part of their leaves. Its JSON is what is given out.
/// </summary>
/// <param name="Transfer">Wire id, the same on both sides.</param>
/// <param name="Counterpart">Jurisdiction of the other side.</param>
/// <param name="Case">Pseudonym of the case, the same for all its transfers on this side; null where the case is not in the log.</param>
/// <param name="LegalBasis">Instrument and article, such as <c>EEV 5</c>.</param>
/// <param name="Conditions">Types of the conditions on use.</param>
/// <param name="Retention">The shortest of the terms: it decides for the whole transfer.</param>
/// <param name="Terms">Every different term among the items.</param>
/// <param name="FetchedItems">How many items are complete at the holder.</param>
/// <param name="Holds">Legal holds that stand.</param>
/// <param name="Due">When the next thing is owed; null while nothing is, or its day is not known yet.</param>
/// <param name="DueFor">What is owed: <c>key-release</c>, <c>destruction</c> or <c>destruction-certificate</c>.</param>
/// <param name="Copies">As the destruction certificate declares them; declared, not proven.</param>
/// <param name="First">The first event: its leaf stands for the transfer in the log.</param>
/// <param name="Record">The event to prove: offered (supplier), accepted (holder), the first one before that.</param>
public sealed record TransferRecord(
    string Transfer,
    TransferDirection Direction,
    string Counterpart,
    Guid? Case,
    string? Instrument,
    IReadOnlyList<string> LegalBasis,
    string? AuthorityRole,
    IReadOnlyList<string> DataCategories,
    IReadOnlyList<string> SubjectCategories,
    string? Purpose,
    IReadOnlyList<string> Conditions,
    RetentionTerms Retention,
    IReadOnlyList<RetentionTerms> Terms,
    string? PackDigest,
    string State,
    int Items,
    int FetchedItems,
    int Holds,
    CaseMarks Marks,
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
    /// <summary>Reports of use, onward transfers, breaches and incidents.</summary>
    public ConductView Conduct => ConductView.Of(Told);

    /// <summary>The same with references of items; never given out.</summary>
    [JsonIgnore]
    internal TransferConduct? Told { get; init; }

    /// <summary>References of the items complete at the holder; never given out.</summary>
    [JsonIgnore]
    internal IReadOnlyList<string> Fetched { get; init; } = [];

    /// <summary>Stream of the case on this node; never given out.</summary>
    [JsonIgnore]
    internal string CaseStream { get; init; } = "";

    /// <summary>Whether what is owed is late at that instant.</summary>
    public bool OverdueAt(DateTimeOffset now) => Due < now;

    /// <summary>All its codes as the index of codes has them.</summary>
    [JsonIgnore]
    internal IReadOnlyList<string> Codes =>
    [
        .. LegalBasis.Select(code => $"article:{code}"), .. Conditions.Select(code => $"condition:{code}"), .. DataCategories.Select(code => $"data:{code}"), .. Marks.Codes,
        .. SubjectCategories.Select(code => $"subject:{code}"),
    ];
}

using System.Collections.Immutable;

namespace MlatExchange.Domain.Threads;

/// <summary>A place in one side's chain.</summary>
public sealed record ThreadPlace(long Seq, string Digest);

/// <summary>One message of the thread.</summary>
/// <param name="EventId">Event that recorded it; its text lies in the vault under <c>message/&lt;event id&gt;</c>.</param>
/// <param name="Key">Data key of that entry.</param>
/// <param name="Case">Stream of the case or transfer it belongs to.</param>
/// <param name="BusId">For our own: its identifier on the bus.</param>
public sealed record ThreadMessage(Guid EventId, string Kind, string Jti, long Seq, string Digest, string Key, string? Case, Guid BusId = default, bool Accepted = true);

/// <summary>What is known of a thread: two chains, one per side.</summary>
/// <param name="Own">Our newest message.</param>
/// <param name="Other">The other side's newest that took its place.</param>
/// <param name="Sent">Ours by number.</param>
/// <param name="Received">The other side's by number, those that took their place.</param>
/// <param name="Known">The other side's identifiers with what came under them.</param>
/// <param name="Held">Numbers that wait for earlier ones, with their digests.</param>
/// <param name="AskedTo">Last number of the other side that was asked for again.</param>
/// <param name="Receipts">Number of our receipt for each of the other side's messages, by that message's digest.</param>
/// <param name="Acts">Acts of either side that were accepted or sent, by digest.</param>
/// <param name="Counterpart">Jurisdiction of the other side, for good: nobody else may speak in this thread.</param>
/// <param name="Case">Stream of the case: the one that the first message with a case named.</param>
/// <param name="Key">Data key of that case.</param>
public sealed record ThreadHistory(
    ThreadPlace? Own,
    ThreadPlace? Other,
    ImmutableDictionary<long, ThreadMessage> Sent,
    ImmutableDictionary<long, ThreadMessage> Received,
    ImmutableDictionary<string, ThreadMessage> Known,
    ImmutableDictionary<long, string> Held,
    long AskedTo,
    ImmutableDictionary<string, long> Receipts,
    ImmutableDictionary<string, ThreadMessage> Acts,
    string? Counterpart,
    string? Case,
    string? Key)
{
    /// <summary>A thread in which nothing was said.</summary>
    public static readonly ThreadHistory Empty = new(
        null, null, ImmutableDictionary<long, ThreadMessage>.Empty, ImmutableDictionary<long, ThreadMessage>.Empty, Strings<ThreadMessage>(),
        ImmutableDictionary<long, string>.Empty, 0, Strings<long>(), Strings<ThreadMessage>(), null, null, null);

    /// <summary>The state after one more event.</summary>
    /// <param name="id">The event's id.</param>
    public ThreadHistory Evolve(Guid id, ThreadEvent happened) => happened switch
    {
        ThreadEvent.MessageSigned m => Signed(m, new(id, m.Kind, m.Jti, m.Seq, m.Digest, m.Key, m.Case, m.BusId)),
        ThreadEvent.MessageAccepted m => Accepted(m, new(id, m.Kind, m.Jti, m.Seq, m.Digest, m.Key, m.Case)),
        ThreadEvent.MessageRefused m => Refused(m, new(id, m.Kind, m.Jti, m.Seq, m.Digest, m.Key, null, Accepted: false)),
        ThreadEvent.MessageHeld m => this with { Counterpart = Counterpart ?? m.Counterpart, Held = Held.SetItem(m.Seq, m.Digest), AskedTo = Math.Max(AskedTo, m.To) },
        ThreadEvent.EquivocationFound => this,
        _ => throw new InvalidOperationException("A thread event without a meaning here: a mistake in the code."),
    };

    /// <summary>
    /// What to ask for again when <paramref name="from"/> to <paramref name="to"/> are missing: what was neither asked for before nor waits here already; null for nothing.
    /// </summary>
    public (long From, long To)? ToAskFor(long from, long to)
    {
        var first = Math.Max(from, AskedTo + 1);
        while (first <= to && Held.ContainsKey(first)) first++;
        return first <= to ? (first, to) : null;
    }

    private ThreadHistory Signed(ThreadEvent.MessageSigned m, ThreadMessage message) => this with
    {
        Own = new(m.Seq, m.Digest),
        Sent = Sent.SetItem(m.Seq, message),
        Receipts = m.Answers is null ? Receipts : Receipts.SetItem(m.Answers, m.Seq),
        Acts = m.Act is null ? Acts : Acts.SetItem(m.Act.Digest, message),
        Counterpart = Counterpart ?? m.Counterpart,
        Case = Case ?? m.Case,
        Key = Key ?? (m.Case is null ? null : m.Key),
    };

    private ThreadHistory Accepted(ThreadEvent.MessageAccepted m, ThreadMessage message) => this with
    {
        Other = new(m.Seq, m.Digest),
        Received = Received.SetItem(m.Seq, message),
        Known = Known.SetItem(m.Jti, message),
        Held = Held.Remove(m.Seq),
        Acts = m.Act is null ? Acts : Acts.SetItem(m.Act.Digest, message),
        Counterpart = Counterpart ?? m.Counterpart,
        Case = Case ?? m.Case,
        Key = Key ?? (m.Case is null ? null : m.Key),
    };

    private ThreadHistory Refused(ThreadEvent.MessageRefused m, ThreadMessage message) => this with
    {
        Other = m.TakesPlace ? new(m.Seq, m.Digest) : Other,
        Received = m.TakesPlace ? Received.SetItem(m.Seq, message) : Received,
        Known = Known.SetItem(m.Jti, message),
        Held = m.TakesPlace ? Held.Remove(m.Seq) : Held,
        Counterpart = Counterpart ?? m.Counterpart,
    };

    private static ImmutableDictionary<string, T> Strings<T>() => ImmutableDictionary.Create<string, T>(StringComparer.Ordinal);
}

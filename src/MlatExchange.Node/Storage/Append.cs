namespace MlatExchange.Node.Storage;

/// <summary>One atomic group: events of one or more streams, the vault entries they refer to, and the inbox rows whose effect they are.</summary>
/// <param name="Streams">Each stream at most once.</param>
/// <param name="Vault">Sealed entries (<see cref="Storage.Vault.Seal"/>) written in the same transaction. A reference is written once and never again.</param>
/// <param name="SettledInbox">SHA-256 digests of raw messages (<c>exchange.inbox_raw</c>) that this group settles: the rows are deleted in the same transaction. One that is gone already is no error.</param>
/// <param name="User">Pseudonym of the official who acted, or null for the node itself; never a name.</param>
/// <param name="Correlation">Id of the exchange or call the group belongs to.</param>
/// <param name="Causation">Id of the event or message that caused it.</param>
public sealed record Append(
    IReadOnlyList<StreamAppend> Streams,
    IReadOnlyList<VaultEntry> Vault,
    IReadOnlyList<byte[]> SettledInbox,
    string? User = null,
    string? Correlation = null,
    string? Causation = null)
{
    /// <summary>A group of one stream and nothing else.</summary>
    public static Append To(string stream, long expectedVersion, params IReadOnlyList<NewEvent> events) =>
        new([new(stream, expectedVersion, events)], [], []);
}

/// <summary>What one stream gains.</summary>
/// <param name="Stream">Stream name, for example <c>request-0190…</c>.</param>
/// <param name="ExpectedVersion">The version the decision was made on: number of events loaded, 0 for a stream that must not exist yet.</param>
/// <param name="Events">At least one, in order; they get the versions after <paramref name="ExpectedVersion"/>.</param>
public sealed record StreamAppend(string Stream, long ExpectedVersion, IReadOnlyList<NewEvent> Events);

/// <summary>An event to be written. Codes, references and digests only: no names, selectors, file numbers, free text or bodies.</summary>
/// <param name="Id">Chosen by the caller, unique in the store, so that a repeat is recognised (UUIDv7, or derived from (iss, jti) for an accepted message).</param>
/// <param name="Type">Pinned alias, for example <c>request.drafted.v1</c>.</param>
/// <param name="Data">The event as UTF-8 JSON. Stored as jsonb: member order and white space are not kept, so nothing signed may depend on them.</param>
/// <param name="Headers">UTF-8 JSON object with the member <c>leaf</c> (what the log keeps for ever), or empty.</param>
public sealed record NewEvent(Guid Id, string Type, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Headers = default);

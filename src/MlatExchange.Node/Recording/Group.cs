using MlatExchange.Domain;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Storage;

namespace MlatExchange.Node.Recording;

/// <summary>
/// What one command writes, gathered before it is appended as a whole: events of several streams with the leaf content of each, vault entries,
/// and the inbox rows whose effect they are. Made anew for every attempt; never shared.
/// </summary>
/// <param name="keyId">Data key of the case: openings and values of this group are sealed under it.</param>
public sealed class Group(Recorder recorder, Vault vault, string keyId)
{
    private readonly List<StreamAppend> streams = [];
    private readonly List<VaultEntry> entries = [];
    private readonly List<byte[]> settled = [];

    public string KeyId => keyId;

    public bool IsEmpty => streams.Count == 0;

    /// <summary>Adds a decision's events to a stream; a decision without events adds nothing.</summary>
    /// <param name="version">The stream's version the decision was made on.</param>
    /// <param name="record">Goes to the last event: the one that stands for the message.</param>
    /// <param name="timed">What the node does by itself when its time has come: event ids then follow from stream and place, so whichever process tries writes the same.</param>
    public Group Add<TEvent>(string stream, long version, Decision<TEvent> decision, ClearCodes? codes, IReadOnlyDictionary<string, string> committed, string? record = null, bool timed = false)
        where TEvent : notnull
    {
        if (decision.Events.Count == 0) return this;
        var events = new NewEvent[decision.Events.Count];
        for (var i = 0; i < events.Length; i++)
        {
            var (stored, openings) = recorder.Record(decision.Events[i], timed ? MessageIds.Timed(stream, version + i + 1) : Guid.CreateVersion7(), keyId, codes, committed, i == events.Length - 1 ? record : null);
            events[i] = stored;
            if (openings is not null) entries.Add(openings);
        }
        return Add(new StreamAppend(stream, version, events));
    }

    public Group Add(StreamAppend append)
    {
        streams.Add(append);
        return this;
    }

    public Group Seal(string reference, ReadOnlySpan<byte> plaintext)
    {
        entries.Add(vault.Seal(reference, keyId, plaintext));
        return this;
    }

    public Group Add(IEnumerable<VaultEntry> sealedEntries)
    {
        entries.AddRange(sealedEntries);
        return this;
    }

    /// <summary>The raw message this group is the effect of: its row goes in the same transaction.</summary>
    public Group Settle(byte[] rawDigest)
    {
        settled.Add(rawDigest);
        return this;
    }

    public Append ToAppend(string? user = null, string? correlation = null, string? causation = null) => new(streams, entries, settled, user, correlation, causation);
}

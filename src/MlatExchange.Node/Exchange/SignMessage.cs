using MlatExchange.Domain.Threads;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol;
using MlatExchange.Protocol.Envelope;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Node.Exchange;

/// <summary>This node as it speaks on the wire.</summary>
/// <param name="Jurisdiction">Own code.</param>
/// <param name="Entity">Own entity id, the <c>iss</c> of every message.</param>
/// <param name="MessageKey">Private half that signs messages and receipts.</param>
/// <param name="EncryptionKeys">Private halves that open envelopes, newest first.</param>
public sealed record NodeIdentity(string Jurisdiction, string Entity, EcKey MessageKey, IReadOnlyList<EcKey> EncryptionKeys);

/// <summary>The trust snapshot in use now; asked anew each time, so that a list taken in counts at once.</summary>
public delegate TrustSnapshot CurrentTrust();

/// <summary>What is to be said to a counterpart.</summary>
/// <param name="Body">Given the core (place in the thread, time), because a receipt speaks of its own place.</param>
/// <param name="Counterpart">Code of the recipient's jurisdiction.</param>
/// <param name="Key">Data key for the text: the case's, the transfer's for a key release, the day's for the link.</param>
public sealed record Outgoing(MessageKind Kind, Func<MessageCore, MessageBody> Body, string Counterpart, string Key)
{
    /// <summary>A message that carries an act, or whose body does not speak of its own place.</summary>
    public Outgoing(MessageBody body, string counterpart, string key)
        : this(body.Kind, _ => body, counterpart, key) { }

    /// <summary>Stream of the case it belongs to.</summary>
    public string? Case { get; init; }

    /// <summary>Acts that travel beside it, in order.</summary>
    public IReadOnlyList<Act> Acts { get; init; } = [];

    /// <summary>Compact JWEs of shares.</summary>
    public IReadOnlyList<string> Shares { get; init; } = [];

    /// <summary>Data key for the shares: the transfer's.</summary>
    public string? SharesKey { get; init; }

    /// <summary>Values shown to this recipient.</summary>
    public IReadOnlyList<string> Disclosures { get; init; } = [];

    /// <summary>What the leaf keeps clear.</summary>
    public CaseCodes? Codes { get; init; }

    /// <summary>Digest of an earlier message that this one re-issues.</summary>
    public Digest? Supersedes { get; init; }

    /// <summary>For a receipt: digest of the message it speaks of.</summary>
    public Digest? Answers { get; init; }
}

/// <summary>A message signed and not yet appended.</summary>
/// <param name="Thread">The thread with it.</param>
/// <param name="Vault">Its text and the openings of its leaf.</param>
public sealed record SignedMessage(Guid EventId, NewEvent Event, IReadOnlyList<VaultEntry> Vault, MessageCore Core, Digest Digest, LoadedThread Thread)
{
    /// <summary>For an append in which it is all that the thread gains.</summary>
    public StreamAppend Append => new(Thread.Stream, Thread.Version - 1, [Event]);
}

/// <summary>The message and its parts are more than an envelope holds; evidence travels by reference.</summary>
public sealed class MessageTooLargeException() : Exception("The message with its parts is larger than 256 KiB.");

/// <summary>
/// Signs the next message of a thread. Nothing is written: the caller appends event and vault entries together with its own events, and on a conflict
/// loads the thread again and signs again, so that two messages never bear one number.
/// </summary>
public sealed class SignMessage(NodeIdentity node, CurrentTrust trust, Vault vault, Recorder recorder, RandomSource random, TimeProvider clock)
{
    /// <summary>A fresh thread for a case.</summary>
    public LoadedThread NewThread() => new(WireId.New(random), ThreadHistory.Empty, 0);

    /// <summary>Id of the one thread with a counterpart that belongs to no case.</summary>
    public string LinkThreadWith(string counterpart) => LinkThread.Of(node.Entity, EntityOf(counterpart));

    /// <summary>Signs.</summary>
    /// <exception cref="MessageTooLargeException">Before anything is signed.</exception>
    /// <exception cref="ArgumentException">The parts do not make a message of this kind.</exception>
    public Task<SignedMessage> Sign(LoadedThread thread, Outgoing message, CancellationToken cancellation) => Sign(thread, message, [], cancellation);

    /// <param name="unwritten">Acts of messages that go into the same append before this one, and so are not in the vault yet.</param>
    /// <inheritdoc cref="Sign(LoadedThread, Outgoing, CancellationToken)"/>
    public async Task<SignedMessage> Sign(LoadedThread thread, Outgoing message, IReadOnlyList<Act> unwritten, CancellationToken cancellation)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var core = thread.Heads.Next(WireId.New(random), node.Entity, EntityOf(message.Counterpart), at, thread.Id, message.Supersedes);
        var body = message.Body(core);
        var record = await Record(thread, message, body, unwritten, at, cancellation);
        var payload = MessagePayload.Write(core, body, [.. message.Acts.Select(act => act.Digest)], record);
        var parts = message.Acts.Select(act => act.Jws.Length).Concat(message.Shares.Select(s => s.Length)).Concat(message.Disclosures.Select(d => d.Length));
        if (!SealedEnvelope.Fits(payload.Length * 4 / 3, parts)) throw new MessageTooLargeException();

        var text = CompactJws.Sign(message.Kind.Typ, payload, node.MessageKey);
        var digest = CompactJws.DigestOf(text);
        var eventId = Guid.CreateVersion7(at);
        var happened = new ThreadEvent.MessageSigned(
            message.Kind.Slug, core.Jti, core.Seq, digest.ToString(), message.Counterpart, message.Case, message.Key, BusId(), message.Answers?.ToString(),
            message.Acts is [var act, ..] ? new(act.Kind.Slug, act.Id, act.Digest.ToString()) : null, at);
        var (stored, openings) = recorder.Record(happened, eventId, message.Key, message.Codes, Committed(thread.Id, digest), record);
        List<VaultEntry> entries =
        [
            openings!,
            new StoredMessage(text, [.. message.Acts.Select(a => a.Jws)], message.Disclosures).Seal(vault, eventId, message.Key),
        ];
        if (message.Shares.Count > 0) entries.Add(StoredMessage.SealShares(vault, eventId, message.SharesKey ?? message.Key, message.Shares));
        return new(eventId, stored, entries, core, digest, thread.Then(eventId, happened));
    }

    /// <summary>What binds a leaf to one message without telling which.</summary>
    internal static Dictionary<string, string> Committed(string thread, Digest digest) => new() { ["thread"] = thread, ["messageDigest"] = digest.ToString() };

    private async Task<string?> Record(LoadedThread thread, Outgoing message, MessageBody body, IReadOnlyList<Act> unwritten, DateTimeOffset at, CancellationToken cancellation)
    {
        if (!message.Kind.HasRecord) return null;
        var accepted = message.Kind == MessageKind.Request ? new Dictionary<Digest, Act>() : new Dictionary<Digest, Act>(await ThreadActs.Load(vault, thread, cancellation));
        foreach (var earlier in unwritten) accepted[earlier.Digest] = earlier;
        var act = body is MessageBody.KeyRelease release ? accepted.GetValueOrDefault(release.Accepted.Digest) : (message.Acts is [var carried, ..] ? carried : null);
        if (act is null) throw new ArgumentException($"A message of kind {message.Kind.Slug} rests on an act that is not here.", nameof(message));
        var fault = MessageRecord.Write(message.Kind, at, act, accepted, out var record);
        return fault is null ? record : throw new ArgumentException($"The record cannot be made: {fault.JsonPointer} {fault.Rule}.", nameof(message));
    }

    private string EntityOf(string counterpart) => trust().NodeOf(counterpart)?.Entity
        ?? throw new InvalidOperationException($"No trust list in use names a node of {counterpart}.");

    private Guid BusId()
    {
        Span<byte> bytes = stackalloc byte[16];
        random(bytes);
        return new Guid(bytes);
    }
}

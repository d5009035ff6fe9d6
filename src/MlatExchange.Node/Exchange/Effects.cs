using System.Text.Json;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Verification;

namespace MlatExchange.Node.Exchange;

/// <summary>A message that passed every step of verification and is about to be accepted.</summary>
/// <param name="Verdict">Message, act, disclosed values and proof, all verified.</param>
/// <param name="Known">Acts of the thread signed or accepted before, by digest; looked up for kinds whose act rests on another.</param>
/// <param name="Counterpart">Code of the sender's jurisdiction.</param>
/// <param name="Thread">The thread without it.</param>
/// <param name="EventId">Id of the event that will record the acceptance; the text will lie in the vault under <c>message/{id}</c>.</param>
/// <param name="At">The instant of receipt that verification used.</param>
public sealed record AcceptedMessage(
    Verdict.Accepted Verdict, IReadOnlyDictionary<Digest, Act> Known, string Counterpart, LoadedThread Thread, Guid EventId, DateTimeOffset At)
{
    public Message Message => Verdict.Message;

    /// <summary>The act it carries, if its kind carries one.</summary>
    public Act? Act => Verdict.Act;

    /// <summary>The same as a list: one, or none.</summary>
    public IReadOnlyList<Act> Acts => Verdict.Act is { } act ? [act] : [];

    /// <summary>Values shown to us: for the message's payload first, then for its act.</summary>
    public IReadOnlyList<IReadOnlyList<Disclosed>> Disclosed => [Verdict.Disclosures, Verdict.ActDisclosures];

    /// <summary>The disclosed text of this name; null where the sender showed none.</summary>
    public string? Text(string name) => Disclosed.SelectMany(values => values).FirstOrDefault(value => value.Name == name && value.Value.ValueKind == JsonValueKind.String)?.Value.GetString();

    /// <summary>Compact JWEs of shares.</summary>
    public IReadOnlyList<string> Shares => Verdict.Opened.Envelope.Shares;
}

/// <summary>What accepting a message comes to, beside the acceptance itself.</summary>
public abstract record Effect
{
    private Effect() { }

    /// <summary>Written in the same append as the acceptance: all or nothing.</summary>
    /// <param name="Key">Data key for the message's text.</param>
    public sealed record Applied(string Key) : Effect
    {
        /// <summary>Stream of the case it belongs to.</summary>
        public string? Case { get; init; }

        /// <summary>Data key for its shares, when not the same.</summary>
        public string? SharesKey { get; init; }

        /// <summary>What the acceptance's leaf keeps clear.</summary>
        public CaseCodes? Codes { get; init; }

        /// <summary>Events of other streams, with the versions they were decided on. A conflict runs the effect again.</summary>
        public IReadOnlyList<StreamAppend> Streams { get; init; } = [];

        public IReadOnlyList<VaultEntry> Vault { get; init; } = [];

        /// <summary>Messages that answer at once in the same thread (a key release, an acknowledgement), signed after the acceptance in the same append.</summary>
        public IReadOnlyList<Outgoing> Replies { get; init; } = [];
    }

    /// <summary>The case does not allow it (a decision on a request never made): the message takes its place without effect and gets a rejection receipt.</summary>
    /// <param name="Rule">Slug of the rule.</param>
    public sealed record Refused(string Rule) : Effect;
}

/// <summary>Loads the state of the case and decides. Runs again on a conflict, so it writes nothing itself.</summary>
public delegate Task<Effect> EffectOf(AcceptedMessage message, CancellationToken cancellation);

/// <summary>The effects of each kind of message. A kind without one is accepted and kept: it is part of the dialogue and changes no case.</summary>
public sealed class Effects(IEnumerable<KeyValuePair<MessageKind, EffectOf>> effects, TimeProvider clock)
{
    private readonly Dictionary<MessageKind, EffectOf> _effects = new(effects);

    public Task<Effect> Of(AcceptedMessage message, CancellationToken cancellation) => _effects.TryGetValue(message.Message.Kind, out var effect)
        ? effect(message, cancellation)
        : Task.FromResult<Effect>(Unchanged(message, clock));

    /// <summary>Accepted into the thread's case without changing it; a thread without case keeps its texts under the day's key.</summary>
    public static Effect.Applied Unchanged(AcceptedMessage message, TimeProvider clock) =>
        new(message.Thread.History.Key ?? DayKey(clock)) { Case = message.Thread.History.Case };

    /// <summary>Data key of the day, for what belongs to no case.</summary>
    public static string DayKey(TimeProvider clock) => $"day-{clock.GetUtcNow():yyyy-MM-dd}";
}

using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Transparency;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Protocol.Verification;

/// <summary>A key that a verdict rests on.</summary>
/// <param name="Custody">For act keys: who holds the private half. An administrator of the node can forge acts of keys in node custody.</param>
public sealed record UsedKey(KeyUse Use, string Entity, string KeyId, Custody? Custody = null);

/// <summary>Where the trust of a verdict comes from; stored with the message, so that it can still be explained after keys and lists have changed.</summary>
/// <param name="Chain">Anchor, its key, number and digest of the list.</param>
/// <param name="Keys">Message key, act key, log key, as far as the run came.</param>
public sealed record TrustUsed(TrustChain Chain, IReadOnlyList<UsedKey> Keys)
{
    /// <summary>The keys among these that are now said to have been in other hands when they signed: what rests on them is listed as doubtful, never undone.</summary>
    public IReadOnlyList<UsedKey> DoubtfulUnder(TrustSnapshot now, DateTimeOffset signedAt)
        => [.. Keys.Where(used => now.FindKey(used.Entity, used.KeyId, used.Use)?.IsDoubtful(signedAt) == true)];
}

/// <summary>What the log proof showed of the sender's log.</summary>
/// <param name="Checkpoint">The checkpoint shown, signed by the sender's log key.</param>
/// <param name="Index">Index of the leaf; null for a checkpoint message, which shows none of its own in the body.</param>
/// <param name="Consistency">How it fits the checkpoint seen last.</param>
public sealed record LogFinding(Checkpoint Checkpoint, long? Index, LogConsistency Consistency);

/// <summary>How a checkpoint fits the one seen before from the same log.</summary>
public enum LogConsistency
{
    /// <summary>Nothing was seen before, or it is the same one.</summary>
    Same,

    /// <summary>The proof shows that the log only grew.</summary>
    Proven,

    /// <summary>No proof from that size was given: to be checked over the tiles.</summary>
    Pending,

    /// <summary>Two histories under one key. An incident with both checkpoints as proof; not a reason to refuse this message.</summary>
    Fork,
}

/// <summary>What verification came to. Stored with the message and never undone.</summary>
/// <param name="Opened">The message it is about.</param>
/// <param name="Trust">What it rests on.</param>
public abstract record Verdict(OpenedMessage Opened, TrustUsed Trust)
{
    internal const string StaleRule = "stale";

    /// <summary>All steps passed: it takes its place and has its effect.</summary>
    /// <param name="Act">The act it carries, if any.</param>
    /// <param name="ActDisclosures">Values disclosed of the act.</param>
    /// <param name="Disclosures">Values disclosed of the message's own body.</param>
    /// <param name="Log">The sender's log: the proof of this message first, then any that its body carries.</param>
    /// <param name="Flags">What a person must be told, as slugs, such as <c>validating-key-in-node-custody</c>.</param>
    public sealed record Accepted(
        OpenedMessage Opened,
        TrustUsed Trust,
        Message Message,
        Act? Act,
        IReadOnlyList<Disclosed> ActDisclosures,
        IReadOnlyList<Disclosed> Disclosures,
        IReadOnlyList<LogFinding> Log,
        IReadOnlyList<string> Flags) : Verdict(Opened, Trust);

    /// <summary>Earlier messages of the thread are missing. Judged again, with the instant of its first receipt, when they are there.</summary>
    /// <param name="From">First missing <c>seq</c>.</param>
    /// <param name="To">Last missing <c>seq</c>.</param>
    public sealed record Held(OpenedMessage Opened, TrustUsed Trust, long From, long To) : Verdict(Opened, Trust);

    /// <summary>Known already: answered with the first receipt, byte for byte.</summary>
    public sealed record Repeat(OpenedMessage Opened, TrustUsed Trust) : Verdict(Opened, Trust);

    /// <summary>The sender signed two messages under one identifier or one place. Both are kept: together they prove it to anyone.</summary>
    /// <param name="First">Digest of the other one.</param>
    public sealed record Equivocation(OpenedMessage Opened, TrustUsed Trust, StepFailure Failure, Digest First) : Verdict(Opened, Trust);

    /// <summary>A step failed. From step 13 on it still takes its place if it is next in order; only its effect is refused.</summary>
    /// <param name="Message">The message as read, where its content could be.</param>
    /// <param name="Placement">Where it stands; null when it failed before its place counts.</param>
    public sealed record Rejected(OpenedMessage Opened, TrustUsed Trust, StepFailure Failure, Message? Message, Placement? Placement) : Verdict(Opened, Trust)
    {
        /// <summary>Too old when it arrived: the sender re-issues the same act in a new message.</summary>
        public bool IsStale => Failure is { Step: Step.Clock, Rule: StaleRule };
    }

    /// <summary>Whether it becomes the sender's newest message in the thread.</summary>
    public bool TakesPlace => this switch
    {
        Accepted => true,
        Rejected { Placement: { } placement } => placement.TakesPlace,
        _ => false,
    };

    /// <summary>The step that failed; null when none did.</summary>
    public StepFailure? FailedAt => this switch { Rejected rejected => rejected.Failure, Equivocation both => both.Failure, _ => null };

    /// <summary>The receipt that answers it, once per digest; null for none. A repeat is answered with the first one. Receipts, checkpoints and pings never are.</summary>
    public ReceiptKind? Answer => this switch
    {
        _ when !Opened.Kind.IsReceipted || Opened.Core is null => null,
        Accepted => ReceiptKind.Delivery,
        Rejected { IsStale: true } => ReceiptKind.Stale,
        Rejected or Equivocation => ReceiptKind.NonDelivery,
        _ => null,
    };

    /// <summary>Name in kebab case.</summary>
    public string Name => this switch
    {
        Accepted => "accepted",
        Held => "held",
        Repeat => "repeat",
        Equivocation => "equivocation",
        _ => "rejected",
    };

    /// <summary>The storable form: codes, digests and key names only.</summary>
    public VerdictRecord ToRecord() => new(
        Name,
        FailedAt is { } failure ? (int)failure.Step : null,
        FailedAt is { } named ? Steps.NameOf(named.Step) : null,
        FailedAt?.Rule,
        FailedAt?.JsonPointer,
        TakesPlace,
        Trust,
        this is Accepted accepted ? accepted.Flags : []);
}

/// <summary>A verdict as it is stored and shown.</summary>
/// <param name="Step">Number of the step that failed.</param>
/// <param name="StepName">Its name.</param>
/// <param name="JsonPointer">JSON pointer of the member at fault.</param>
public sealed record VerdictRecord(
    string Verdict,
    int? Step,
    string? StepName,
    string? Rule,
    [property: System.Text.Json.Serialization.JsonPropertyName("pointer")] string? JsonPointer,
    bool TakesPlace,
    TrustUsed Trust,
    IReadOnlyList<string> Flags);

namespace MlatExchange.Domain.Threads;

/// <summary>
/// What was said between two nodes in one thread, in the order this node learnt it. Digests, identifiers and codes only: the messages themselves lie in the vault
/// under <c>message/&lt;event id&gt;</c>. Digests are <c>sha-256:…</c>, over the signing input of the message.
/// </summary>
public abstract record ThreadEvent
{
    private ThreadEvent() { }

    /// <summary>This node signed a message; it leaves once its leaf is covered by a published checkpoint. Also the submission receipt of the sender's side.</summary>
    /// <param name="Kind">Kind of message, such as <c>request</c>.</param>
    /// <param name="Jti">Its 128-bit identifier.</param>
    /// <param name="Counterpart">Code of the recipient's jurisdiction.</param>
    /// <param name="Case">Stream of the case it belongs to; null for the link's own thread.</param>
    /// <param name="Key">Data key its vault entries lie under.</param>
    /// <param name="BusId">Random identifier it bears on the bus, the same each time it is sent.</param>
    /// <param name="Answers">For a receipt: digest of the message it speaks of.</param>
    /// <param name="Act">The act it carries.</param>
    [EventName("thread.message-signed.v1", "disclosure")]
    public sealed record MessageSigned(
        string Kind, string Jti, long Seq, string Digest, string Counterpart, string? Case, string Key, Guid BusId, string? Answers, ThreadAct? Act, DateTimeOffset At)
        : ThreadEvent;

    /// <summary>A message of the other side passed every step of verification, took its place and had its effect.</summary>
    /// <param name="Receipt">For a receipt: what it proves and of which message.</param>
    [EventName("thread.message-accepted.v1", "collection")]
    public sealed record MessageAccepted(
        string Kind, string Jti, long Seq, string Digest, string Counterpart, string? Case, string Key, ThreadAct? Act, ThreadReceipt? Receipt, DateTimeOffset At)
        : ThreadEvent;

    /// <summary>A message whose sender is proven failed a later step: no effect.</summary>
    /// <param name="Step">Verification step, 12 to 17; 13 with rule <c>stale</c> is one that came too late.</param>
    /// <param name="TakesPlace">Whether it counts in the sender's chain: all that passed step 12 do, so that the chain can go on.</param>
    [EventName("thread.message-refused.v1", "collection")]
    public sealed record MessageRefused(
        string Kind, string Jti, long Seq, string Digest, string Counterpart, string Key, int Step, string Rule, bool TakesPlace, DateTimeOffset At) : ThreadEvent;

    /// <summary>A message waits because earlier ones of its sender are missing.</summary>
    /// <param name="From">First missing number.</param>
    /// <param name="To">Last missing number.</param>
    [EventName("thread.message-held.v1", "collection")]
    public sealed record MessageHeld(string Kind, string Jti, long Seq, string Digest, string Counterpart, long From, long To, DateTimeOffset At) : ThreadEvent;

    /// <summary>The sender told two stories under one identifier or number. Both are kept as proof that a third party can check.</summary>
    /// <param name="Digest">The later one; its text lies in the vault.</param>
    /// <param name="First">The one that counts.</param>
    [EventName("thread.equivocation-found.v1", "collection")]
    public sealed record EquivocationFound(string Jti, long Seq, string Digest, string First, string Counterpart, string Key, DateTimeOffset At) : ThreadEvent;
}

/// <summary>A legal act as others name it.</summary>
public sealed record ThreadAct(string Kind, string Id, string Digest);

/// <param name="Receipt">Kind of receipt in kebab case.</param>
/// <param name="Of">Digest of our message it speaks of.</param>
/// <param name="Step">For a rejection, the step that failed there.</param>
public sealed record ThreadReceipt(string Receipt, string Of, int? Step = null);

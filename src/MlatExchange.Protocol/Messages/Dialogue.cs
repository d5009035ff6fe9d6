using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Messages;

/// <summary>The newest place of each side in a thread, as one side knows it.</summary>
/// <param name="Own">The last message this side signed; null before the first.</param>
/// <param name="Other">The last message of the other side that took its place here; null before the first.</param>
public sealed record ThreadHeads(Link? Own, Link? Other)
{
    /// <summary>A thread in which nothing was said.</summary>
    public static readonly ThreadHeads Empty = new(null, null);

    /// <summary>The core of this side's next message. Crossing messages are normal: <c>seen</c> says what had arrived when this one was signed.</summary>
    public MessageCore Next(string jti, string iss, string aud, DateTimeOffset issuedAt, string thread, Digest? supersedes = null)
        => new(jti, iss, aud, issuedAt, thread, (Own?.Seq ?? 0) + 1, Own?.Digest, Other, supersedes);

    /// <summary>After this side signed its next message.</summary>
    public ThreadHeads AfterOwn(Digest digest) => this with { Own = new Link((Own?.Seq ?? 0) + 1, digest) };

    /// <summary>After the other side's next message took its place.</summary>
    public ThreadHeads AfterOther(Digest digest) => this with { Other = new Link((Other?.Seq ?? 0) + 1, digest) };

    /// <summary>The transcript hash that this side's next receipt carries.</summary>
    public Digest Transcript(string iss, string aud) => Messages.Transcript.Of(iss, aud, Own?.Digest, Other?.Digest);
}

/// <summary>What must be looked up of a thread to place one received message.</summary>
/// <param name="Other">The last message of the sender that took its place.</param>
/// <param name="OwnAtSeen">Digest of our own message at <c>seen.seq</c>; null when we sent none with that number.</param>
/// <param name="OtherAtSeq">Digest of the sender's message, placed or held, that already has this <c>seq</c>; null when none has.</param>
public sealed record ThreadFacts(Link? Other, Digest? OwnAtSeen, Digest? OtherAtSeq)
{
    /// <summary>A thread not known here.</summary>
    public static readonly ThreadFacts None = new(null, null, null);
}

/// <summary>Where a received message stands in its sender's chain.</summary>
public abstract record Placement
{
    private Placement()
    {
    }

    /// <summary>Next in order, and both links match.</summary>
    public sealed record Fits : Placement;

    /// <summary>Earlier ones are missing: held until they are there.</summary>
    /// <param name="From">First missing <c>seq</c>.</param>
    /// <param name="To">Last missing <c>seq</c>.</param>
    public sealed record Gap(long From, long To) : Placement;

    /// <summary>Next in order but <c>prev</c> names another message than the one before. It takes its place, so that the chain can go on, without effect.</summary>
    public sealed record WrongPrev : Placement;

    /// <summary>Next in order but <c>seen</c> names a message that we never sent. It takes its place without effect.</summary>
    public sealed record WrongSeen : Placement;

    /// <summary>Its number is taken by another message: the sender told two stories.</summary>
    public sealed record Reused(Digest First) : Placement;

    /// <summary>It is already there.</summary>
    public sealed record Repeat : Placement;

    /// <summary>Whether it becomes the sender's newest message in the thread.</summary>
    public bool TakesPlace => this is Fits or WrongPrev or WrongSeen;
}

/// <summary>The rules of a thread: two chains, one per side, cross-linked.</summary>
public static class Dialogue
{
    /// <summary>Places a received message. Pure: the same facts give the same answer.</summary>
    public static Placement Place(MessageCore core, Digest digest, ThreadFacts facts)
    {
        if (facts.OtherAtSeq is { } first)
            return first == digest ? new Placement.Repeat() : new Placement.Reused(first);
        var next = (facts.Other?.Seq ?? 0) + 1;
        return true switch
        {
            _ when core.Seq > next => new Placement.Gap(next, core.Seq - 1),
            // A number below the newest without a digest on file means that the facts were looked up wrongly; refusing is the safe answer.
            _ when core.Seq < next || core.Prev != facts.Other?.Digest => new Placement.WrongPrev(),
            _ when core.Seen is { } seen && facts.OwnAtSeen != seen.Digest => new Placement.WrongSeen(),
            _ => new Placement.Fits(),
        };
    }
}

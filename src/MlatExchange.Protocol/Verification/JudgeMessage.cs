using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Transparency;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Protocol.Verification;

/// <summary>A stricter check of an act's body than its shape, such as the domain's reader of a request's facts. Returns every fault; none when it is sound.</summary>
public delegate IReadOnlyList<Fault> ActCheck(Act act);

/// <summary>What must be looked up between opening and judging. All of it is plain data, so a verdict can be reached again from what was stored.</summary>
/// <param name="Trust">The lists in use; the same snapshot as in opening.</param>
/// <param name="ReceivedAt">The instant of first receipt, also when a held message is judged again.</param>
/// <param name="SameId">Digest of the message already known under this (<c>iss</c>, <c>jti</c>); null when none is.</param>
/// <param name="Thread">The facts of its thread.</param>
/// <param name="Acts">Accepted acts by digest: those that its act, or a key release, rests on, up to the request.</param>
/// <param name="LastCheckpoint">Newest checkpoint seen of the sender's log; null when none was.</param>
/// <param name="Check">Check of act bodies by the rules' own reader.</param>
public sealed record JudgingFacts(
    TrustSnapshot Trust,
    DateTimeOffset ReceivedAt,
    Digest? SameId,
    ThreadFacts Thread,
    IReadOnlyDictionary<Digest, Act> Acts,
    Checkpoint? LastCheckpoint,
    ActCheck Check);

/// <summary>Steps 11 to 17: from a proven sender to a verdict. Pure: no clock, no I/O; it never throws on any input.</summary>
public static class JudgeMessage
{
    /// <summary>How far a sender's clock may be ahead.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromSeconds(60);

    /// <summary>How old a message may be when it arrives.</summary>
    public static readonly TimeSpan Stale = TimeSpan.FromDays(7);

    /// <summary>Runs the steps in order; the first that fails is named.</summary>
    public static Verdict Run(OpenedMessage opened, JudgingFacts facts)
    {
        var used = new List<UsedKey> { Used(opened.Key) };
        TrustUsed Trust() => new(opened.Key.Chain, [.. used]);
        Verdict.Rejected Reject(StepFailure failure, Message? message, Placement? placement) => new(opened, Trust(), failure, message, placement);

        if (facts.SameId is { } known) // 11
        {
            return known == opened.Digest
                ? new Verdict.Repeat(opened, Trust())
                : new Verdict.Equivocation(opened, Trust(), new StepFailure(Step.Known, "equivocation", "/jti"), known);
        }

        if (Standing(opened, facts) is { } standing) // 12
            return Reject(standing, null, null);

        // A gap postpones every later step: what a message rests on may stand in the ones that are missing, and all orders of arrival must end the same.
        var placement = opened.Core is { } core ? Dialogue.Place(core, opened.Digest, facts.Thread) : null;
        if (placement is Placement.Gap gap)
            return new Verdict.Held(opened, Trust(), gap.From, gap.To);

        if (Clock(opened, facts.ReceivedAt) is { } clock) // 13
            return Reject(clock, null, placement);
        if (ReadContent.Read(opened, facts, out var content) is { } faulty) // 14
            return Reject(faulty, content?.Message, placement);
        if (content!.ActKey is { } actKey)
            used.Add(Used(actKey));
        switch (placement) // 15
        {
            case Placement.Repeat:
                return new Verdict.Repeat(opened, Trust());
            case Placement.Reused reused:
                return new Verdict.Equivocation(opened, Trust(), new StepFailure(Step.Dialogue, "equivocation", "/seq"), reused.First);
            case Placement.WrongPrev:
                return Reject(new StepFailure(Step.Dialogue, "wrong-prev", "/prev"), content.Message, placement);
            case Placement.WrongSeen:
                return Reject(new StepFailure(Step.Dialogue, "wrong-seen", "/seen"), content.Message, placement);
        }

        if (Competence.Check(content, facts) is { } incompetent) // 16
            return Reject(incompetent, content.Message, placement);
        if (LogProof.Check(opened, content.Message, facts, out var log, out var logKey) is { } unproven) // 17
            return Reject(unproven, content.Message, placement);
        used.Add(Used(logKey!));
        return new Verdict.Accepted(
            opened, Trust(), content.Message, content.Act, content.ActDisclosures, content.Disclosures, log, Competence.Flags(content, facts.Trust));
    }

    private static StepFailure? Standing(OpenedMessage opened, JudgingFacts facts)
    {
        var standing = opened.Key.StandingAt(opened.SignedAt ?? facts.ReceivedAt, facts.ReceivedAt);
        if (standing != KeyStanding.Valid)
            return new StepFailure(Step.KeyStanding, "key-" + StepFailure.Slug(standing), "/kid");
        return facts.Trust.SuspensionOf(opened.Key.Entity, facts.ReceivedAt) switch
        {
            null => null,
            { Reason: SuspensionReason.Legal } when opened.Kind.UnderLegalSuspension => null,
            _ => new StepFailure(Step.KeyStanding, "suspended", "/iss"),
        };
    }

    private static StepFailure? Clock(OpenedMessage opened, DateTimeOffset receivedAt) => opened.SignedAt switch
    {
        { } signed when signed - receivedAt > Ahead => new StepFailure(Step.Clock, "ahead", "/iat"),
        { } signed when receivedAt - signed > Stale => new StepFailure(Step.Clock, Verdict.StaleRule, "/iat"),
        _ => null,
    };

    private static UsedKey Used(TrustedKey key) => new(key.Use, key.Entity, key.Key.Thumbprint, key.Custody);
}

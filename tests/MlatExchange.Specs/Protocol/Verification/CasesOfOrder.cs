using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Trust;
using MlatExchange.Specs.Protocol.Messages;

namespace MlatExchange.Specs.Protocol.Verification;

/// <summary>Steps 11 to 13 and 15: known before, key and issuer, clock, thread.</summary>
internal static class CasesOfOrder
{
    private static readonly Draft Ping = Draft.Ping;

    /// <summary>A message that is answered when it is refused.</summary>
    private static readonly Draft Notice = new(new MessageBody.IncidentNotice("loss"));

    private static readonly Link First = new(1, Acts.DigestOf("first"));

    public static IEnumerable<Case> All =>
    [
        new("11-repeat", "The same message again: answered with its first receipt.", Notice, new Expected("repeat")) { SameId = Digest(Notice) },
        new("11-equivocation", "Another message under the same jti.", Notice, Expected.Equivocation(11, "/jti")) { SameId = Acts.DigestOf("other") },
        new("12-revoked", "The key was revoked between signing and receipt (F1).", Notice, Expected.Rejected(12, "key-revoked", "/kid", false))
            { World = World.Usual with { Revoked = [new(World.Key("xa/message").Thumbprint, World.Now.AddSeconds(-1))] }, TrustFile = "trust-revoked.json" },
        new("12-ended", "The key had ended when it signed (F2).", Notice, Expected.Rejected(12, "key-ended", "/kid", false))
            { World = World.Usual with { MessageKeyEnds = World.Now.AddSeconds(-30) }, TrustFile = "trust-ended.json" },
        new("12-ended-since", "The key has ended since it signed: accepted.", Notice with { IssuedAt = World.Now.AddSeconds(-40) }, Expected.Accepted())
            { World = World.Usual with { MessageKeyEnds = World.Now.AddSeconds(-30) }, TrustFile = "trust-ended.json" },
        new("12-suspended", "The sender is suspended for compromise.", Notice, Expected.Rejected(12, "suspended", "/iss", false)) { World = Suspended(SuspensionReason.Compromise), TrustFile = "trust-compromise.json" },
        new("12-suspended-legal", "Suspended on a legal ground: a reconciliation list is refused.", new Draft(new MessageBody.ReconciliationList(World.Start, World.Now, [])),
            Expected.Rejected(12, "suspended", "/iss", false)) { World = Suspended(SuspensionReason.Legal), TrustFile = "trust-legal.json" },
        new("12-suspended-legal-notice", "Suspended on a legal ground: an incident notice is still admitted.", Notice, Expected.Accepted())
            { World = Suspended(SuspensionReason.Legal), TrustFile = "trust-legal.json" },
        At("13-ahead-59", "59 s ahead (A21).", 59, Expected.Accepted()),
        At("13-ahead-60", "60 s ahead (A21).", 60, Expected.Accepted()),
        At("13-ahead-61", "61 s ahead (A21).", 61, Expected.Rejected(13, "ahead", "/iat")),
        At("13-seven-days-less-1-s", "Seven days old less a second (A21).", -(7 * 86400) + 1, Expected.Accepted()),
        At("13-stale", "Seven days and a second old: stale (A21).", -(7 * 86400) - 1, Expected.Rejected(13, "stale", "/iat", answer: "stale")),
        new("15-second", "The second message of its sender.", Notice with { Heads = new(First, null) }, Expected.Accepted()) { Thread = new(First, null, null) },
        new("15-crossing", "Signed before ours arrived: seen names nothing.", Notice with { Heads = new(First, null) }, Expected.Accepted())
            { Thread = new(First, Acts.DigestOf("ours"), null) },
        new("15-seen", "Names our newest message.", Notice with { Heads = new(First, new Link(1, Acts.DigestOf("ours"))) }, Expected.Accepted())
            { Thread = new(First, Acts.DigestOf("ours"), null) },
        new("15-gap", "The first message has not arrived: held.", Notice with { Heads = new(First, null) }, new Expected("held")),
        new("15-wrong-prev", "prev names another message than the one before.", Notice with { Heads = new(First, null) }, Expected.Rejected(15, "wrong-prev", "/prev"))
            { Thread = new(new Link(1, Acts.DigestOf("not the first")), null, null) },
        new("15-wrong-seen", "seen names a message that we never sent.", Notice with { Heads = new(First, new Link(1, Acts.DigestOf("never sent"))) },
            Expected.Rejected(15, "wrong-seen", "/seen")) { Thread = new(First, Acts.DigestOf("ours"), null) },
        new("15-seq-reused", "Its place is taken by another message.", Notice with { Heads = new(First, null) }, Expected.Equivocation(15, "/seq"))
            { Thread = new(new Link(2, Acts.DigestOf("second")), null, Acts.DigestOf("second")) },
    ];

    private static MlatExchange.Protocol.Jose.Digest Digest(Draft draft) => MlatExchange.Protocol.Jose.CompactJws.DigestOf(draft.Sign());

    private static World Suspended(SuspensionReason reason) => World.Usual with { Suspensions = [new(World.XaNode, reason, World.Now.AddDays(-1))] };

    private static Case At(string name, string about, int seconds, Expected expect) =>
        new(name, about, Notice with { IssuedAt = World.Now.AddSeconds(seconds) }, expect);
}

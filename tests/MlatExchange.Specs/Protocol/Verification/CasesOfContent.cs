using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Transparency;
using MlatExchange.Specs.Protocol.Jose;
using MlatExchange.Specs.Protocol.Messages;

namespace MlatExchange.Specs.Protocol.Verification;

/// <summary>Steps 14, 16 and 17: what is said, by whom, and that it is logged.</summary>
internal static class CasesOfContent
{
    public static IEnumerable<Case> All =>
    [
        Content("14-unknown-member", "The payload has a member that its kind does not know.", Draft.Ping with { Payload = p => p["priority"] = 1 }, "unknown-member", "/priority", answer: null),
        Content("14-missing-member", "The payload has no acts.", Notice with { Payload = p => p.Remove("acts") }, "missing-member", "/acts"),
        Content("14-no-place", "seq is no number: it cannot take a place.", Notice with { Payload = p => p["seq"] = "1" }, "wrong-type", "/seq", false, null),
        Content("14-other-kind", "typ says incident notice, messageType says ping (A16).", Notice with { Payload = p => p["messageType"] = "ping" }, "unknown-code", "/messageType"),
        Content("14-times-differ", "iat is not the second of issuedAt.", Notice with { Payload = p => p["iat"] = p["iat"]!.GetValue<long>() + 1 }, "times-differ", "/iat"),
        Content("14-wrong-thread", "A ping outside the thread of the link.", Draft.Ping with { Thread = Acts.Id("thread") }, "wrong-thread", "/thread", answer: null),
        Content("14-act-left-out", "The request names an act that does not travel with it.", Request() with { Envelope = e => e with { Acts = [], Disclosures = [] } }, "acts-differ", "/acts"),
        Content("14-act-swapped", "Another act of the same kind travels in its place.", Request() with { Envelope = e => e with { Acts = [Other.Jws], Disclosures = [] } }, "acts-differ", "/acts/0"),
        Content("14-act-by-node-key", "The act is signed by the node's message key: a node is no authority.", Request(World.SignAct("xa/prosecutor", Acts.Request().Body, key: World.Key("xa/message"))), "act-key-unknown", "/acts/0/iss"),
        Content("14-act-signature", "The act's signature does not hold.", Request() with { Envelope = e => e with { Acts = [FlipSignature(e.Acts[0])] } }, "act-signature", "/acts/0"),
        Content("14-act-member", "The act has a member that its kind does not know.", Request(World.SignAct("xa/prosecutor", Acts.Request().Body, edit: p => p["note"] = "x")), "unknown-member", "/acts/0/note"),
        Content("14-record", "The record says another purpose than the act.", Request() with { Payload = p => p["record"] = p["record"]!.ToString().Replace("identify-the-user", "avert-a-threat", StringComparison.Ordinal) }, "record-differs", "/record"),
        Content("14-disclosure-unnamed", "A disclosure that no digest names.", Request() with { Disclosed = [Disclosures.Make(Keys.Drawn("x"), Acts.TextValues).Texts[0]] }, "disclosure-unnamed", "/disclosures/0"),
        Content("14-disclosure-twice", "The same disclosure twice.", Request() with { Disclosed = [Acts.Request().Disclosures[0], Acts.Request().Disclosures[0]] }, "disclosure-unnamed", "/disclosures/1"),
        Content("14-victim-named", "A victim's name is disclosed.", NamingTheVictim(), "disclosure-not-allowed", "/identities"),
        Content("14-shares", "A key release brings another JWE than it names.", KeyRelease() with { Shares = ["another"] }, "shares-differ", "/shares", acts: Chain),
        Content("14-conditions", "An acceptance of other conditions than those offered.", Carry(OtherConditions) with { Accepted = Chain }, "conditions-differ", "/acts/0/conditionsDigest", acts: Chain),
        Content("14-transfer", "A key release for another transfer than the one accepted.", new Draft(Release with { Transfer = Acts.Id("another") }) { Sender = "xb", Accepted = Chain, Shares = ["jwe b"] }, "transfer-differs", "/transfer", acts: Chain),
        Content("14-addressee", "The act is addressed to an authority of the sender's own side.", Carry(World.SignAct("xa/prosecutor", Acts.Request().Body, to: World.EntityOf("xa", "judge"))), "addressee-not-here", "/acts/0/addressees"),
        Content("14-preserve-only", "A preservation request asks for production.", new Draft(new MessageBody.Carrier(MessageKind.PreservationRequest)) { Act = Asked }, "preserve-only", "/acts/0/request/items"),
        Content("14-transcript", "A receipt's transcript hash is not that of its own prev and seen.", new Draft(Receipt() with { Transcript = Acts.DigestOf("x") }) { Heads = Seen, Thread = Acts.Id("thread") }, "transcript-differs", "/transcript", answer: null, thread: SeenFacts),
        Content("14-act-not-known", "A withdrawal of a request that never came.", Withdrawal(), "act-not-known", "/acts/0/withdraws"),

        Incompetent("16-category", "A prosecutor without the mark for content asks for content.", Request(World.SignAct("xa/prosecutor", Acts.Request(facts: Facts("\"subscriber\"", "\"content\"")).Body)), "not-competent", "/acts/0/request/items/0/dataCategory"),
        Incompetent("16-issuer-disagrees", "The payload calls a prosecutor a judge.", Request(World.SignAct("xa/prosecutor", Acts.Request(facts: Facts("public-prosecutor", "judge-court-or-investigating-judge")).Body)), "issuer-disagrees", "/acts/0/request/issuer"),
        Incompetent("16-validator", "A prosecutor without may-validate validates.", Carry(World.SignAct("xa/prosecutor", new ActBody.Validation(ByJudge.Ref, "granted"))) with { Accepted = [ByJudge] }, "not-competent", "/acts/0/iss", [ByJudge]),
        Incompetent("16-withdrawn-by-other", "A judge withdraws the prosecutor's request.", Carry(World.SignAct("xa/judge", new ActBody.Withdrawal(Asked.Ref))) with { Accepted = [Asked] }, "not-the-same-authority", "/acts/0/iss", [Asked]),
        Incompetent("16-act-key-revoked", "The act's key was revoked before it arrived (F1).", Request(), "act-key-revoked", "/acts/0/iss")
            with { World = World.Usual with { Revoked = [new(World.Key("xa/prosecutor").Thumbprint, World.Now.AddSeconds(-1))] }, TrustFile = "trust-act-revoked.json" },
        Incompetent("16-act-issuer-suspended", "The authority is suspended, its node is not.", Request(), "act-issuer-suspended", "/acts/0/iss")
            with { World = World.Usual with { Suspensions = [new(World.EntityOf("xa", "prosecutor"), MlatExchange.Protocol.Trust.SuspensionReason.Legal, World.Start)] }, TrustFile = "trust-act-suspended.json" },
        Incompetent("16-validates-itself", "A judge validates the judge's own request.", Carry(World.SignAct("xa/judge", new ActBody.Validation(ByJudge.Ref, "granted"))) with { Accepted = [ByJudge] }, "validates-itself", "/acts/0/validates", [ByJudge]),
        Incompetent("16-other-validator", "The request names another validating authority.", Carry(World.SignAct("xa/judge", new ActBody.Validation(ForAnother.Ref, "granted"))) with { Accepted = [ForAnother] }, "other-validator-named", "/acts/0/iss", [ForAnother]),
        Incompetent("16-foreign-act", "XA's node carries an act of XB's authority.", Carry(World.SignAct("xb/central", new ActBody.Decision(Asked.Ref, [new DecidedItem("i1", "recognised")]), to: World.EntityOf("xb", "central"))) with { Accepted = [Asked] }, "act-of-other-jurisdiction", "/acts/0/iss", [Asked]),
        Incompetent("16-decides-own-request", "The requesting side decides its own request.", Carry(World.SignAct("xa/judge", new ActBody.Decision(Asked.Ref, [new DecidedItem("i1", "recognised")]), issuedAs: "xa/judge")) with { Accepted = [Asked] }, "not-this-side", "/acts/0/iss", [Asked]),
        Incompetent("16-release-by-holder", "The requesting side's node releases a key to itself.", KeyRelease(), "not-this-side", "/iss", Chain),

        Unlogged("17-not-included", "A node hash of the proof differs.", Notice with { Logged = l => l with { Proof = [l.Proof[1], l.Proof[0], .. l.Proof.Skip(2)] } }, "not-included", "/logged/proof"),
        Unlogged("17-index", "The index is not the leaf's.", Notice with { Logged = l => l with { Index = 2 } }, "not-included", "/logged/proof"),
        Unlogged("17-checkpoint", "The checkpoint is signed by another log.", Notice with { Logged = l => l with { Checkpoint = new Checkpoint(World.LogOrigin("xb"), 6, default).Sign(Draft.SignerOf("xb")).ToString() } }, "checkpoint-signature", "/logged/checkpoint"),
        Unlogged("17-opening", "The leaf does not open to this message.", Notice with { Logged = l => l with { Openings = l.Openings with { MessageDigest = l.Openings.MessageDigest with { Value = Acts.DigestOf("x").ToString() } } } }, "opening", "/logged/openings/messageDigest"),
        Unlogged("17-other-message", "A whole and valid proof, of another message.", Notice with { Logged = _ => ProofOf(LinkOfBoth, Acts.DigestOf("x")) }, "opening", "/logged/openings/messageDigest"),
        Unlogged("17-other-thread", "A whole and valid proof, of this digest in another thread.", Notice with { Logged = l => ProofOf(Acts.Id("x"), Digest.Parse(l.Openings.MessageDigest.Value)) }, "opening", "/logged/openings/thread"),
        Unlogged("17-record", "The leaf holds another record than the message.", Request() with { Leaf = l => l["record"] = "{}" }, "leaf-record", "/logged/leaf"),
        Unlogged("17-kind", "The leaf is of another kind.", Notice with { Leaf = l => l["kind"] = "thread.message-held.v1" }, "leaf-kind", "/logged/leaf"),
        Unlogged("17-jurisdiction", "The leaf says that it is of another jurisdiction's log.", Notice with { Leaf = l => l["jurisdiction"] = "XB" }, "leaf-kind", "/logged/leaf"),
        new("17-receipt", "A delivery receipt proves that another message is in the recipient's log.", OfAnother(Delivered), Expected.Rejected(17, "opening", "/message/logged/openings/messageDigest", answer: null)) { Thread = SeenFacts },
        new("17-checkpoint-message", "A checkpoint message shows a note of another log.", new Draft(new MessageBody.Checkpoint(new Checkpoint(World.LogOrigin("xb"), 6, default).Sign(Draft.SignerOf("xb")).ToString())), Expected.Rejected(17, "checkpoint-signature", "/message/checkpoint", answer: null)),
    ];

    private static readonly MessageBody.IncidentNotice Loss = new("loss");

    private static Draft Notice => new(Loss);

    private static Act Asked { get; } = World.SignAct("xa/prosecutor", Acts.Request().Body);

    private static Act ByJudge { get; } = World.SignAct("xa/judge", Acts.Request(facts: Acts.Facts.Replace("xa-prosecutor", "xa-judge", StringComparison.Ordinal).Replace("public-prosecutor", "judge-court-or-investigating-judge", StringComparison.Ordinal)).Body);

    private static Act ForAnother { get; } = World.SignAct("xa/prosecutor", Acts.Request("before", validator: "xa-court").Body);

    private static Act Other { get; } = World.SignAct("xa/judge", Acts.Request().Body);

    private static Act Offered { get; } = World.SignAct("xb/central", Acts.Offer(Asked.Ref, "jwe a"));

    private static Act AcceptedConditions { get; } = World.SignAct("xa/prosecutor", Acts.Acceptance(Offered.Ref, ((ActBody.TransferOffer)Offered.Body).Items));

    private static IReadOnlyList<Act> Chain => [Asked, Offered, AcceptedConditions];

    private static readonly ThreadHeads Seen = new(null, new Link(1, Acts.DigestOf("ours")));

    private static readonly ThreadFacts SeenFacts = new(null, Acts.DigestOf("ours"), null);

    private static Draft Request(Act? act = null) => Carry(act ?? Asked) with { Disclosed = act is null ? Acts.Request().Disclosures : [] };

    private static Draft Carry(Act act) => new(new MessageBody.Carrier(MessageKind.Of(act.Kind.Slug)!)) { Act = act };

    private static Draft Withdrawal() => Carry(World.SignAct("xa/prosecutor", new ActBody.Withdrawal(Asked.Ref))) with { Accepted = [Asked] };

    private static Act OtherConditions { get; } = World.SignAct("xa/prosecutor", ((ActBody.ConditionsAccepted)AcceptedConditions.Body) with { ConditionsDigest = Acts.DigestOf("other conditions") });

    private static MessageBody.KeyRelease Release => new(Acts.Transfer, AcceptedConditions.Ref, [new ReleasedItem("e1", Digest.Of(Keys.Utf8("jwe b")))]);

    private static Draft KeyRelease() => new(Release) { Accepted = Chain, Shares = ["jwe b"] };

    private static MessageBody.ReceiptOf Receipt() => new(ReceiptKind.Retrieval, new MessageRef(Acts.Id("message"), Acts.DigestOf("ours"), 1), World.Now.AddSeconds(-5), default);

    private static string LinkOfBoth { get; } = LinkThread.Of(World.XaNode, World.XbNode);

    private static LoggedProof ProofOf(string thread, Digest digest) =>
        Draft.Prove("xa", Draft.LeafOf("xa", LoggedProof.SignedKind, thread, digest, null), thread, digest);

    private static Draft Delivered => new(CasesOfGoodMessages.Delivery) { Sender = "xb", Thread = Acts.Id("thread"), Heads = Seen };

    private static Draft OfAnother(Draft draft)
    {
        var (thread, digest) = (Acts.Id("thread"), Acts.DigestOf("another"));
        var receipt = (MessageBody.ReceiptOf)draft.Body;
        return draft with { Body = receipt with { Logged = Draft.Prove("xb", Draft.LeafOf("xb", LoggedProof.AcceptedKind, thread, digest, null), thread, digest) } };
    }

    private static Draft NamingTheVictim()
    {
        var (body, _) = Acts.Request();
        var (identities, texts) = Disclosures.Make(Keys.Drawn("victim"), new Dictionary<string, System.Text.Json.JsonElement> { ["v1"] = Acts.Json(new { Name = "N. N." }) });
        return Request(World.SignAct("xa/prosecutor", body with { Identities = identities })) with { Disclosed = texts };
    }

    private static string Facts(string from, string to) => Acts.Facts.Replace(from, to, StringComparison.Ordinal);

    private static string FlipSignature(string jws)
    {
        var at = jws.LastIndexOf('.') + 1;
        return jws[..at] + (jws[at] == 'A' ? 'B' : 'A') + jws[(at + 1)..];
    }

    private static Case Content(string name, string about, Draft draft, string rule, string pointer, bool takesPlace = true, string? answer = "non-delivery", IReadOnlyList<Act>? acts = null, ThreadFacts? thread = null) =>
        new(name, about, draft, Expected.Rejected(14, rule, pointer, takesPlace, answer)) { Acts = acts ?? [], Thread = thread ?? ThreadFacts.None };

    private static Case Incompetent(string name, string about, Draft draft, string rule, string pointer, IReadOnlyList<Act>? acts = null) =>
        new(name, about, draft, Expected.Rejected(16, rule, pointer)) { Acts = acts ?? [] };

    private static Case Unlogged(string name, string about, Draft draft, string rule, string pointer) =>
        new(name, about, draft, Expected.Rejected(17, rule, pointer));
}

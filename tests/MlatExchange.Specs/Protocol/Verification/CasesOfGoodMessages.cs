using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Specs.Protocol.Jose;
using MlatExchange.Specs.Protocol.Messages;

namespace MlatExchange.Specs.Protocol.Verification;

/// <summary>One accepted message per kind that a case needs from request to certificate, in both directions.</summary>
internal static class CasesOfGoodMessages
{
    public static Act Request { get; } = World.SignAct("xa/prosecutor", Acts.Request().Body);

    public static Act Validation { get; } = World.SignAct("xa/judge", new ActBody.Validation(Request.Ref, "granted"));

    public static Act Decision { get; } = World.SignAct("xb/central", new ActBody.Decision(Request.Ref, [new DecidedItem("i1", "with-conditions", Conditions: [new ItemCondition("NoOnward")])]));

    public static Act Offer { get; } = World.SignAct("xb/central", Acts.Offer(Request.Ref, "jwe a"));

    public static IReadOnlyList<OfferedItem> Items => ((ActBody.TransferOffer)Offer.Body).Items;

    public static Act Acceptance { get; } = World.SignAct("xa/prosecutor", Acts.Acceptance(Offer.Ref, Items));

    public static Act Withdrawal { get; } = World.SignAct("xa/prosecutor", new ActBody.Withdrawal(Request.Ref, "no-longer-needed"));

    public static Act Objection { get; } = World.SignAct("xb/central", new ActBody.Objection(Request.Ref, "immunity", "EEV 12(1)(a)"));

    public static Act Order { get; } = World.SignAct("xb/central", new ActBody.DestructionOrder(Acts.Transfer, Offer.Ref, ["e1"], "request-withdrawn", "XB Mutual Assistance Act 9", World.Now.AddDays(3)));

    public static Act Certificate { get; } = World.SignAct("xa/prosecutor", new ActBody.DestructionCertificate(
        Acts.Transfer, Offer.Ref, [new DestroyedItem("e1", [new DestroyedCopy("sealed-file", "destroyed"), new DestroyedCopy("opened-copy", "kept", "XA-2026-000130")])],
        World.Now, "requesting-prosecutor", Order.Ref));

    public static Act Consent { get; } = World.SignAct("xb/central", new ActBody.Other(ActKind.OnwardDecision, Acts.Json(
        $"{{\"transfer\":\"{Acts.Transfer}\",\"offer\":{{\"act\":\"{Offer.Ref.Act}\",\"digest\":\"{Offer.Ref.Digest}\"}},\"asked\":\"{Acts.DigestOf("onward request")}\",\"items\":[\"e1\"],"
        + "\"outcome\":\"granted\",\"conditions\":[{\"type\":\"Confidential\",\"valueGiven\":false}]}")));

    public static Act Remedy { get; } = World.SignAct("xa/prosecutor", new ActBody.Other(ActKind.RemedyNotice, Acts.Json(
        $"{{\"concerns\":{{\"act\":\"{Offer.Ref.Act}\",\"digest\":\"{Offer.Ref.Digest}\"}},\"event\":\"lodged\",\"suspensive\":true,\"person\":\"p1\",\"legalReference\":\"EEV 18\"}}")));

    public static MessageBody.KeyRelease Release { get; } =
        new(Acts.Transfer, Acceptance.Ref, [new ReleasedItem("e1", Digest.Of(Keys.Utf8("jwe b")))]);

    public static IEnumerable<Case> All =>
    [
        Of("00-request", "A request with its disclosures.", Carry(Request) with { Disclosed = Acts.Request().Disclosures }),
        Of("00-request-undisclosed", "The same request to a role that sees no value.", Carry(Request)),
        Of("00-preservation-request", "A request that only preserves.", new Draft(new MessageBody.Carrier(MessageKind.PreservationRequest)) { Act = Preserve }),
        Of("00-validation", "A judge validates the prosecutor's request.", Carry(Validation), Request),
        Of("00-decision", "The executing authority recognises with a condition.", Carry(Decision), Request),
        Of("00-transfer-offer", "Sealed items are offered; JWE(A) travels with the offer.", Carry(Offer) with { Shares = ["jwe a"] }, Request),
        Of("00-conditions-accepted", "The requesting authority accepts conditions and terms.", Carry(Acceptance), Request, Offer),
        Of("00-key-release", "The supplier's node releases share B.", new Draft(Release) { Sender = "xb", Shares = ["jwe b"] }, Request, Offer, Acceptance),
        Of("00-withdrawal", "The request is taken back.", Carry(Withdrawal), Request),
        Of("00-objection", "An authority objects.", Carry(Objection), Request),
        Of("00-onward-decision", "The supplier consents to an onward transfer under a condition.", Carry(Consent), Request, Offer),
        Of("00-remedy-notice", "A person's remedy suspends the use of a transfer.", Carry(Remedy), Request, Offer),
        Of("00-destruction-order", "The supplier orders destruction.", Carry(Order), Request, Offer),
        Of("00-destruction-certificate", "The holder declares what became of every copy.", Carry(Certificate), Request, Offer),
        Of("00-delivery-receipt", "Delivered: in both logs.", Delivered) with { Expect = Expected.Accepted(null), Thread = new ThreadFacts(null, Delivery.Of.Digest, null) },
        Of("00-ping", "The link lives.", Draft.Ping) with { Expect = Expected.Accepted(null) },
    ];

    public static Act Preserve { get; } = World.SignAct("xa/prosecutor", Acts.Request(facts: Acts.Facts.Replace("\"produce\"", "\"preserve\"", StringComparison.Ordinal)).Body);

    public static MessageBody.ReceiptOf Delivery
    {
        get
        {
            var (digest, thread) = (Acts.DigestOf("ours"), Acts.Id("thread"));
            var leaf = Draft.LeafOf("xb", "thread.message-accepted.v1", thread, digest, null);
            return new MessageBody.ReceiptOf(
                ReceiptKind.Delivery, new MessageRef(Acts.Id("message"), digest, 1), World.Now.AddSeconds(-5),
                Transcript.Of(World.XbNode, World.XaNode, null, digest), Draft.Prove("xb", leaf, thread, digest, size: 5));
        }
    }

    private static Draft Delivered => new(Delivery) { Sender = "xb", Jti = Acts.Id("receipt"), Thread = Acts.Id("thread"), Heads = new ThreadHeads(null, new Link(1, Delivery.Of.Digest)) };

    public static Draft Carry(Act act) =>
        new(new MessageBody.Carrier(MessageKind.Of(act.Kind.Slug)!)) { Act = act, Sender = act.Issuer.EndsWith(".xa.example", StringComparison.Ordinal) ? "xa" : "xb" };

    private static Case Of(string name, string about, Draft draft, params Act[] accepted) =>
        new(name, about, draft with { Accepted = accepted }, Expected.Accepted()) { Acts = accepted };
}

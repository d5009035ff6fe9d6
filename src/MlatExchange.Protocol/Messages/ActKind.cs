using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Messages;

/// <summary>A kind of legal act. The set is closed: a kind that is not here is refused by its <c>typ</c>.</summary>
public sealed class ActKind
{
    public static readonly ActKind Request = new("request", ActBody.Request.Shape);
    public static readonly ActKind Validation = new("validation", ActBody.Validation.Shape, "validates");
    public static readonly ActKind Decision = new("decision", ActBody.Decision.Shape, "decides");
    public static readonly ActKind TransferOffer = new("transfer-offer", ActBody.TransferOffer.Shape, "request");
    public static readonly ActKind OfferAmendment = new("offer-amendment", Others.OfferAmendment, "offer");
    public static readonly ActKind ConditionsAccepted = new("conditions-accepted", ActBody.ConditionsAccepted.Shape, "offer");
    public static readonly ActKind OnwardDecision = new("onward-decision", Others.OnwardDecision, "offer");
    public static readonly ActKind RemedyNotice = new("remedy-notice", Others.RemedyNotice, "concerns");
    public static readonly ActKind Withdrawal = new("withdrawal", ActBody.Withdrawal.Shape, "withdraws");
    public static readonly ActKind Objection = new("objection", ActBody.Objection.Shape, "objectsTo");
    public static readonly ActKind DestructionOrder = new("destruction-order", ActBody.DestructionOrder.Shape, "offer");
    public static readonly ActKind DestructionCertificate = new("destruction-certificate", ActBody.DestructionCertificate.Shape, "offer");

    private ActKind(string slug, Struct body, string? names = null)
    {
        (Slug, Typ, Names) = (slug, $"mlat-act-{slug}+jwt", names);
        var core = new List<Member>
        {
            Must("iss", Shapes.Entity),
            Must("addressees", new List(Shapes.Entity, 1, 8)),
            Must("act", Shapes.Id),
            Must("kind", new OneOf(slug)),
            Must("schemaVersion", new Whole(1, 1)),
            Must("iat", new Whole(0, 253_402_300_799)),
            Must("issuedAt", Shapes.Time),
        };
        // A request says who issues it inside the facts that the rules read.
        if (slug != "request")
            core.Add(Must("issuer", RequestFactsShape.Issuer));
        Payload = new Struct([.. core, .. body.Members, May("supersedes", Shapes.Digest)]);
    }

    /// <summary>All kinds, in the order of the specification.</summary>
    public static IReadOnlyList<ActKind> All { get; } =
    [
        Request, Validation, Decision, TransferOffer, OfferAmendment, ConditionsAccepted, OnwardDecision, RemedyNotice, Withdrawal, Objection,
        DestructionOrder, DestructionCertificate,
    ];

    /// <summary>Name in kebab case, the payload's <c>kind</c>.</summary>
    public string Slug { get; }

    /// <summary>The JWS header's <c>typ</c>.</summary>
    public string Typ { get; }

    /// <summary>Strict shape of the whole payload.</summary>
    public Struct Payload { get; }

    /// <summary>The member that names the act this one rests on; null for a request, which rests on none.</summary>
    public string? Names { get; }

    /// <summary>The kind of a JWS header's <c>typ</c>, or null.</summary>
    public static ActKind? OfTyp(string typ) => All.FirstOrDefault(kind => kind.Typ == typ);

    /// <summary>The kind of that name, or null.</summary>
    public static ActKind? Of(string slug) => All.FirstOrDefault(kind => kind.Slug == slug);

    public override string ToString() => Slug;

    /// <summary>Bodies of kinds that have no record of their own yet.</summary>
    private static class Others
    {
        public static readonly Struct OfferAmendment = new(
            Must("transfer", Shapes.Id),
            Must("offer", Shapes.ActRef),
            Must("items", new List(new Struct(Must("ref", Shapes.Ref), Must("wrappedShare", Shapes.Digest)), 1, 100, "ref")));

        public static readonly Struct OnwardDecision = new(
            Must("transfer", Shapes.Id),
            Must("offer", Shapes.ActRef),
            Must("asked", Shapes.Digest),
            Must("items", Shapes.Refs(1)),
            Must("outcome", new OneOf("granted", "refused")),
            May("conditions", new List(Shapes.ItemCondition, 1, 100)),
            May("texts", Shapes.Selective));

        public static readonly Struct RemedyNotice = new(
            Must("concerns", Shapes.ActRef),
            Must("event", new OneOf("lodged", "decided")),
            Must("suspensive", new Flag()),
            May("person", Shapes.Ref),
            May("lodged", Shapes.Digest),
            May("outcome", new OneOf("dismissed", "erase", "restrict", "correct")),
            May("legalReference", new Text(200)),
            May("texts", Shapes.Selective));
    }
}

using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Messages;

/// <summary>
/// The clear member <c>request</c> of a request act: what the rules of both sides read. Codes, ranges and flags only; whatever identifies a person stands in disclosures.
/// A spec keeps it equal to the facts that the domain's rules read.
/// </summary>
public static class RequestFactsShape
{
    public static readonly Shape.Struct Shape = new(
        Must("instrument", Shapes.Code),
        Must("addressee", new Shape.Struct(Must("jurisdiction", Shapes.Jurisdiction), Must("authority", Shapes.Authority))),
        Must("issuer", Issuer),
        Must("legalBasis", new List(
            new Shape.Struct(Must("instrument", Shapes.Code), Must("article", new Text(64)), May("jurisdiction", new OrNull(Shapes.Jurisdiction))), 1, 16)),
        Must("offence", new Shape.Struct(
            May("maxPenaltyMonths", new OrNull(new Whole(0, 12_000))),
            May("annexCategory", new OrNull(Shapes.Slug)),
            May("viaInformationSystem", new OrNull(new Flag())),
            May("directive", new OrNull(new Text(64))))),
        Must("proceedings", Shapes.Slug),
        Must("urgency", new Shape.Struct(Must("kind", Shapes.Slug), May("threat", new OrNull(Shapes.Slug)), Must("groundsStated", new Flag()))),
        Must("persons", new List(
            new Shape.Struct(
                Must("ref", Shapes.Ref),
                Must("category", new OneOf("LED6a", "LED6b", "LED6c", "LED6d")),
                Must("role", Shapes.Slug),
                Must("residence", Shapes.Code),
                May("minor", new OrNull(new Flag()))), 0, 32, "ref")),
        Must("items", new List(Item, 1, 32, "ref")),
        Must("necessity", new Shape.Struct(
            Must("purpose", Shapes.Slug),
            Must("lessIntrusiveStated", new Flag()),
            May("couldBeOrderedInSimilarDomesticCase", new OrNull(new Flag())))),
        Must("retention", Shapes.Retention),
        Must("conditions", new List(
            new Shape.Struct(Must("type", Shapes.Code), Must("items", Shapes.Refs(0)), Must("valueGiven", new Flag())), 0, 24)),
        Must("notice", new Shape.Struct(Must("delay", new Flag()), May("reviewAfterDays", new OrNull(new Whole(1, 36_525))))),
        Must("language", Shapes.Language),
        Must("custodianStated", new Flag()),
        May("intendsMutualAssistance", new OrNull(new Flag())),
        Must("factsStated", new Flag()),
        May("validatingAuthority", new OrNull(Shapes.Authority)));

    /// <summary>The authority that speaks, as it says of itself; it must agree with the trust list.</summary>
    public static Shape.Struct Issuer => new(
        Must("jurisdiction", Shapes.Jurisdiction), Must("authority", Shapes.Authority), Must("kind", Shapes.Slug));

    private static Shape.Struct Item => new(
        Must("ref", Shapes.Ref),
        Must("dataCategory", Shapes.Slug),
        Must("measure", new OneOf("produce", "preserve")),
        Must("identifierType", Shapes.Code),
        May("from", new OrNull(Shapes.Date)),
        May("to", new OrNull(Shapes.Date)),
        May("person", new OrNull(Shapes.Ref)),
        Must("options", new List(Shapes.Code, 0, 64)),
        May("specialCategory", new OrNull(new Flag())),
        May("privilege", new OrNull(Shapes.Slug)));
}

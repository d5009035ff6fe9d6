using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Messages;

/// <summary>
/// The members of a request act's clear member <c>request</c> that the protocol itself reads: for the record, for competence, for the thread.
/// All its members, and the codes they may hold, are the rules' business: the check that step 14 is given refuses any other.
/// </summary>
public static class RequestFactsShape
{
    /// <summary>Members read here; others may stand beside them.</summary>
    public static readonly Shape.Struct Shape = Open(
        Must("instrument", Shapes.Code),
        Must("addressee", Open(Must("jurisdiction", Shapes.Jurisdiction), Must("authority", Shapes.Authority))),
        Must("issuer", Open([.. Issuer.Members])),
        Must("legalBasis", new List(Open(Must("instrument", Shapes.Code), Must("article", new Text(200))), 1, 20)),
        Must("persons", new List(
            Open(Must("ref", Shapes.Ref), Must("category", new OneOf("LED6a", "LED6b", "LED6c", "LED6d")), Must("role", Shapes.Slug)), 0, 200, "ref")),
        Must("items", new List(
            Open(Must("ref", Shapes.Ref), Must("dataCategory", Shapes.Slug), Must("measure", new OneOf("produce", "preserve"))), 1, 200, "ref")),
        Must("necessity", Open(Must("purpose", Shapes.Slug))),
        Must("retention", Shapes.Retention),
        Must("conditions", new List(Open(Must("type", Shapes.Code), Must("items", Shapes.Refs(0))), 0, 100)));

    /// <summary>The authority that speaks, as it says of itself; it must agree with the trust list.</summary>
    public static Struct Issuer => new(
        Must("jurisdiction", Shapes.Jurisdiction), Must("authority", Shapes.Authority), Must("kind", Shapes.Slug));

    private static Struct Open(params IEnumerable<Member> members) => new(members) { IsOpen = true };
}

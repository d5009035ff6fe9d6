using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Messages;

public abstract partial record ActBody
{
    /// <summary>An order to destroy items of a transfer.</summary>
    /// <param name="Items">References of the offer's items.</param>
    /// <param name="Ground"><c>term-ended</c>, <c>review</c>, <c>holder-decision</c>, <c>court-order</c>, <c>validation-refused</c>, <c>objection</c>, <c>request-withdrawn</c>, <c>conditions-withdrawn</c> or <c>remedy</c>.</param>
    /// <param name="NotBefore">Nothing is destroyed before this time, so that oversight can object.</param>
    /// <param name="Texts">Disclosure <c>reason</c>.</param>
    public sealed record DestructionOrder(
        string Transfer,
        ActRef Offer,
        IReadOnlyList<string> Items,
        string Ground,
        string LegalReference,
        DateTimeOffset NotBefore,
        Selective? Texts = null) : ActBody
    {
        internal static readonly Shape.Struct Shape = new(
            Must("transfer", Shapes.Id),
            Must("offer", Shapes.ActRef),
            Must("items", Shapes.Refs(1)),
            Must("ground", new OneOf(
                "term-ended", "review", "holder-decision", "court-order", "validation-refused", "objection", "request-withdrawn", "conditions-withdrawn", "remedy")),
            Must("legalReference", new Text(200)),
            Must("notBefore", Shapes.Time),
            May("texts", Shapes.Selective));

        private protected override ActKind TheKind => ActKind.DestructionOrder;
    }
}

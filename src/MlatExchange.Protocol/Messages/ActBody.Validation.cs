using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Messages;

public abstract partial record ActBody
{
    /// <summary>A validating authority's word on a request, bound to its exact bytes.</summary>
    /// <param name="Outcome"><c>granted</c> or <c>refused</c>.</param>
    /// <param name="Texts">Disclosure <c>reason</c>.</param>
    public sealed record Validation(ActRef Validates, string Outcome, Selective? Texts = null) : ActBody
    {
        internal static readonly Shape.Struct Shape = new(
            Must("validates", Shapes.ActRef), Must("outcome", new OneOf("granted", "refused")), May("texts", Shapes.Selective));

        private protected override ActKind TheKind => ActKind.Validation;
    }
}

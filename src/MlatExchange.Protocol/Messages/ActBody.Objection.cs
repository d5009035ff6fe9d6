using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Messages;

public abstract partial record ActBody
{
    /// <summary>An authority that had to be notified objects to a request or to a transfer under way.</summary>
    /// <param name="Citation">Article the ground rests on.</param>
    /// <param name="Texts">Disclosure <c>reason</c>.</param>
    public sealed record Objection(ActRef ObjectsTo, string Ground, string? Citation = null, Selective? Texts = null) : ActBody
    {
        internal static readonly Shape.Struct Shape = new(
            Must("objectsTo", Shapes.ActRef), Must("ground", Shapes.Slug), May("citation", new Text(64)), May("texts", Shapes.Selective));

        private protected override ActKind TheKind => ActKind.Objection;
    }
}

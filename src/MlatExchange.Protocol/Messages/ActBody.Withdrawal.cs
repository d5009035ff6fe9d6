using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Messages;

public abstract partial record ActBody
{
    /// <summary>The issuing authority takes its own request or offer back. A key released before becomes an order to destroy.</summary>
    /// <param name="Ground">Code of the ground.</param>
    /// <param name="Texts">Disclosure <c>reason</c>.</param>
    public sealed record Withdrawal(ActRef Withdraws, string? Ground = null, Selective? Texts = null) : ActBody
    {
        internal static readonly Shape.Struct Shape = new(
            Must("withdraws", Shapes.ActRef), May("ground", Shapes.Slug), May("texts", Shapes.Selective));

        private protected override ActKind TheKind => ActKind.Withdrawal;
    }
}

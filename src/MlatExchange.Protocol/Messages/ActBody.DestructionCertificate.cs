using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Messages;

public abstract partial record ActBody
{
    /// <summary>What the holder declares of every copy known from custody. It says "declared by", never "erased".</summary>
    /// <param name="Order">The order it answers; null where the term ended without one.</param>
    /// <param name="UnrecoverableFrom">End of the key store's epoch in which the keys were destroyed.</param>
    /// <param name="DeclaredBy">Role of the official who declares.</param>
    public sealed record DestructionCertificate(
        string Transfer,
        ActRef Offer,
        IReadOnlyList<DestroyedItem> Items,
        DateTimeOffset UnrecoverableFrom,
        string DeclaredBy,
        ActRef? Order = null) : ActBody
    {
        internal static readonly Shape.Struct Shape = new(
            Must("transfer", Shapes.Id),
            Must("offer", Shapes.ActRef),
            May("order", Shapes.ActRef),
            Must("items", new List(
                new Shape.Struct(
                    Must("ref", Shapes.Ref),
                    Must("copies", new List(
                        new Shape.Struct(
                            Must("copy", Shapes.Slug),
                            Must("outcome", new OneOf("destroyed", "kept", "unknown")),
                            May("reference", new Text(64))), 1, 64))), 1, 100, "ref")),
            Must("unrecoverableFrom", Shapes.Time),
            Must("declaredBy", Shapes.Slug));

        private protected override ActKind TheKind => ActKind.DestructionCertificate;
    }
}

/// <summary>One item of a certificate with the copies known from custody.</summary>
public sealed record DestroyedItem(string Ref, IReadOnlyList<DestroyedCopy> Copies);

/// <param name="Copy">What the copy is, such as <c>sealed-file</c>, <c>released-share</c>, <c>wrapped-share</c>, <c>transfer-key</c>, <c>opened-copy</c>.</param>
/// <param name="Outcome"><c>destroyed</c>, <c>kept</c> or <c>unknown</c>.</param>
/// <param name="Reference">Under which reference it is kept.</param>
public sealed record DestroyedCopy(string Copy, string Outcome, string? Reference = null);

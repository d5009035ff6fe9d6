using MlatExchange.Protocol.Jose;
using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Messages;

public abstract partial record MessageBody
{
    /// <summary>The supplier's node releases its shares after the conditions were accepted; obligations run from the leaf of this message.</summary>
    /// <param name="Accepted">The acceptance that opened the release.</param>
    /// <param name="Items">One JWE(B) per item, sealed to the transfer key of the acceptance; the JWEs travel in the envelope's <c>shares</c>.</param>
    public sealed record KeyRelease(string Transfer, ActRef Accepted, IReadOnlyList<ReleasedItem> Items) : MessageBody
    {
        internal static readonly Shape.Struct Shape = new(
            Must("transfer", Shapes.Id),
            Must("accepted", Shapes.ActRef),
            Must("items", new List(new Shape.Struct(Must("ref", Shapes.Ref), Must("releasedShare", Shapes.Digest)), 1, 100, "ref")));

        private protected override MessageKind TheKind => MessageKind.KeyRelease;
    }
}

/// <param name="ReleasedShare">SHA-256 over the compact JWE(B).</param>
public sealed record ReleasedItem(string Ref, Digest ReleasedShare);

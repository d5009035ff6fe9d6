using System.Text.Json.Serialization;
using MlatExchange.Protocol.Jose;
using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Messages;

public abstract partial record ActBody
{
    /// <summary>The supplier offers sealed items under conditions and terms; nothing opens before they are accepted by signature.</summary>
    /// <param name="Transfer">128 random bits chosen by the sealing tool; also bound into every sealed item.</param>
    /// <param name="Answers">The request act.</param>
    /// <param name="Channel"><c>node</c>: the receiver's node fetches the sealed items from the supplier's node.</param>
    /// <param name="ReleaseBy">The supplier's node releases its share until then, or the offer lapses as the supplier's default.</param>
    /// <param name="Expires">The offer cannot be accepted after this time.</param>
    public sealed record TransferOffer(
        string Transfer,
        [property: JsonPropertyName("request")] ActRef Answers,
        string Channel,
        DateTimeOffset ReleaseBy,
        DateTimeOffset Expires,
        IReadOnlyList<OfferedItem> Items,
        Selective? Texts = null) : ActBody
    {
        internal static readonly Shape.Struct Shape = new(
            Must("transfer", Shapes.Id),
            Must("request", Shapes.ActRef),
            Must("channel", new OneOf("node")),
            Must("releaseBy", Shapes.Time),
            Must("expires", Shapes.Time),
            Must("items", new List(
                new Shape.Struct(
                    Must("ref", Shapes.Ref),
                    Must("requestItem", Shapes.Ref),
                    Must("size", new Whole(0, 1L << 50)),
                    Must("digest", Shapes.Digest),
                    Must("commitment", Shapes.Bytes32),
                    Must("mediaType", new Text(127)),
                    Must("dataCategory", Shapes.Slug),
                    Must("subjectCategory", new OneOf("LED6a", "LED6b", "LED6c", "LED6d")),
                    Must("handling", Shapes.Slug),
                    Must("wrappedShare", Shapes.Digest),
                    Must("nodeShare", Shapes.Digest),
                    May("custody", Shapes.Digest),
                    Must("retention", Shapes.Retention),
                    Must("conditions", new List(Shapes.ItemCondition, 0, 100)),
                    Must("tool", new OneOf("cli", "browser"))), 1, 100, "ref")),
            May("texts", Shapes.Selective));

        private protected override ActKind TheKind => ActKind.TransferOffer;
    }
}

/// <summary>One sealed item of an offer.</summary>
/// <param name="RequestItem">Reference of the request's item that it answers.</param>
/// <param name="Size">Padded plaintext size in bytes.</param>
/// <param name="Digest">Item digest of the sealed file: SHA-256 over the concatenated SHA-256 of each 16 KiB piece.</param>
/// <param name="Commitment">HMAC over the content (same construction), 43 characters of base64url; its key is sealed with share A.</param>
/// <param name="MediaType">Declared, never sniffed.</param>
/// <param name="WrappedShare">SHA-256 over the compact JWE(A) that travels in the envelope's <c>shares</c>.</param>
/// <param name="NodeShare">SHA-256 over share B, which the supplier's node keeps until acceptance.</param>
/// <param name="Custody">Digest of the sealing tool's signed custody record.</param>
/// <param name="Tool">What sealed it: <c>cli</c> or <c>browser</c>.</param>
public sealed record OfferedItem(
    string Ref,
    string RequestItem,
    long Size,
    Digest Digest,
    string Commitment,
    string MediaType,
    string DataCategory,
    string SubjectCategory,
    string Handling,
    Digest WrappedShare,
    Digest NodeShare,
    WireRetention Retention,
    IReadOnlyList<ItemCondition> Conditions,
    string Tool,
    Digest? Custody = null);

using System.Text.Json;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Sealing;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Cli.Evidence;

/// <summary>What an offer says of one item, as far as opening needs it.</summary>
/// <param name="Supplier">Entity id of the supplier's node; null where the source does not say it.</param>
/// <param name="Transfer">Wire id.</param>
/// <param name="SignedBy">The authority whose signature on the offer was verified; null where the offer is only the node's word.</param>
/// <param name="KnownAct">Digest of an act on the item that the source shows: the offer, or the sealing; null where it shows none.</param>
internal sealed record OfferedItemView(
    string? Supplier, string Transfer, Digest Digest, byte[] Commitment, Digest WrappedShare, Digest NodeShare, string? SignedBy, Digest? KnownAct)
{
    /// <summary>From the signed offer, verified under pinned trust.</summary>
    internal static OfferedItemView Signed(string offerAct, string itemRef, TrustSnapshot trust, DateTimeOffset now)
    {
        if (!CompactJws.TryRead(offerAct, ActKind.TransferOffer.Typ, out var jws, out _)
            || !StrictJson.TryParse(jws.Payload, out var document, out _))
        {
            throw Refusal.Invalid("The offer is not a signed offer.");
        }
        using (document)
        {
            var issuer = document.RootElement.TryGetProperty("iss", out var iss) ? iss.GetString() : null;
            var key = issuer is null ? null : trust.FindKey(issuer, jws.KeyId, KeyUse.Act);
            if (key is null || !jws.IsSignedBy(key.Key))
            {
                throw Refusal.Invalid("The offer is not signed by an authority that the trust lists name.");
            }
            if (Act.Read(offerAct, jws.KeyId, ActKind.TransferOffer, document.RootElement) is not ({ Body: ActBody.TransferOffer offer } act, _))
            {
                throw Refusal.Invalid("The signed offer is not of the form of an offer.");
            }
            if (key.StandingAt(act.IssuedAt, now) is not KeyStanding.Valid and var standing)
            {
                throw Refusal.Invalid($"The key that signed the offer does not count ({standing}).");
            }
            var item = offer.Items.FirstOrDefault(one => one.Ref == itemRef) ?? throw Refusal.Invalid($"The offer has no item {itemRef}.");
            return new(trust.NodeOf(key.Jurisdiction)?.Entity, offer.Transfer, item.Digest, Bytes(item.Commitment), item.WrappedShare, item.NodeShare, issuer, CompactJws.DigestOf(offerAct));
        }
    }

    /// <summary>From JSON: the node's own view of the transfer, or <c>offer.json</c>, where the shares stand themselves instead of their digests.</summary>
    internal static OfferedItemView Unsigned(JsonElement transfer, string itemRef)
    {
        try
        {
            var item = transfer.GetProperty("items").EnumerateArray().FirstOrDefault(one => one.GetProperty("ref").GetString() == itemRef);
            if (item.ValueKind != JsonValueKind.Object)
            {
                throw Refusal.Invalid($"The transfer has no item {itemRef}.");
            }
            var (wrapped, nodeShare) = (item.GetProperty("wrappedShare").GetString()!, item.GetProperty("nodeShare").GetString()!);
            return new(
                transfer.TryGetProperty("supplier", out var supplier) ? supplier.GetString() : null,
                transfer.TryGetProperty("transfer", out var id) || transfer.TryGetProperty("id", out id) ? id.GetString()! : "",
                Digest.Parse(item.GetProperty("digest").GetString()),
                Bytes(item.GetProperty("commitment").GetString()!),
                Digest.TryParse(wrapped, out var wrappedDigest) ? wrappedDigest : Protocol.Sealing.WrappedShare.DigestOf(wrapped),
                Digest.TryParse(nodeShare, out var shareDigest) ? shareDigest : Digest.Of(Bytes(nodeShare)),
                null,
                DigestOf(transfer, "offer") ?? DigestOf(item, "custody"));
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Refusal.Usage("The offer lacks a member: transfer, items, and in each item ref, digest, commitment, wrappedShare, nodeShare.");
        }
    }

    private static Digest? DigestOf(JsonElement holder, string member) =>
        holder.TryGetProperty(member, out var act) && act.ValueKind == JsonValueKind.String ? Digest.TryParse(act.GetString()!, out var digest) ? digest : CompactJws.DigestOf(act.GetString()!) : null;

    private static byte[] Bytes(string text) => Base64Url.TryDecode(text, out var bytes) ? bytes : throw new FormatException("not base64url");
}

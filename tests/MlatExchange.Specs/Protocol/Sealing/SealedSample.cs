using System.Security.Cryptography;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Specs.Protocol.Sealing;

/// <summary>A sealed item with all that is needed to open it, and to open it wrongly.</summary>
public sealed record SealedSample(byte[] Content, ItemShares Shares, byte[] Context, byte[] CommitmentKey, byte[] File, SealedItem Item)
{
    public const string Node = "https://node.xb.example";
    public const string Transfer = "AAECAwQFBgcICQoLDA0ODw";

    public static SealedSample Of(int length, string itemRef = "i1") => Of(RandomNumberGenerator.GetBytes(length), itemRef);

    public static SealedSample Of(byte[] content, string itemRef = "i1")
    {
        var shares = ItemShares.Draw(RandomNumberGenerator.Fill);
        var (context, key) = (SealingContext.Of(Node, Transfer, itemRef), RandomNumberGenerator.GetBytes(ItemSealing.CommitmentKeyLength));
        using var source = new MemoryStream(content);
        using var file = new MemoryStream();
        var item = ItemSealing.Seal(shares, context, key, RandomNumberGenerator.Fill, content.Length, source.Read, file.Write);
        return new(content, shares, context, key, file.ToArray(), item);
    }

    public OpeningVerdict Open(byte[] file, out byte[] content)
    {
        using var source = new MemoryStream(file);
        using var destination = new MemoryStream();
        var verdict = ItemSealing.Open(Shares, Context, CommitmentKey, Item.Digest, Item.Commitment, source.Read, destination.Write);
        content = destination.ToArray();
        return verdict;
    }

    /// <summary>The verdict on a changed file whose digest the offer would name: what a supplier's own fault comes to.</summary>
    public OpeningVerdict OpenAsOffered(byte[] file, out byte[] content)
    {
        using var digest = PieceHash.Digest();
        digest.Append(file);
        return (this with { Item = Item with { Digest = digest.Finish() } }).Open(file, out content);
    }
}

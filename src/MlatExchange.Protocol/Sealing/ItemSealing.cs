using System.Security.Cryptography;

namespace MlatExchange.Protocol.Sealing;

/// <summary>
/// Seals and opens one item of evidence in one pass and constant memory. The caller owns the files: it writes to a temporary place
/// and keeps the result only when the whole of it is verified.
/// </summary>
public static class ItemSealing
{
    /// <summary>Bytes of the key of the content commitment, random per item and sealed with share A.</summary>
    public const int CommitmentKeyLength = 32;

    /// <summary>Seals content of known length. An <see cref="EndOfStreamException"/> when the content is longer or shorter: seal again, with new shares.</summary>
    public static SealedItem Seal(
        ItemShares shares, ReadOnlySpan<byte> context, ReadOnlySpan<byte> commitmentKey, RandomSource random, long contentLength, ByteSource content, ByteSink destination)
    {
        using var digest = new HashLane(PieceHash.Digest());
        using var commitment = new HashLane(PieceHash.Commitment(commitmentKey));
        Span<byte> salt = stackalloc byte[ChunkCipher.SaltLength];
        random(salt);
        var inputKey = shares.InputKey();
        ChunkedMessage.Seal(inputKey, salt, context, PaddedContent.Of(content, contentLength, commitment), bytes =>
        {
            digest.Append(bytes);
            destination(bytes);
        });
        CryptographicOperations.ZeroMemory(inputKey);
        return new(contentLength, PaddedContent.Length(contentLength), digest.Length, digest.Finish(), commitment.Finish());
    }

    /// <summary>
    /// Opens an item against what the offer said. Content reaches the destination as it is authenticated, so it must be thrown away
    /// unless the verdict is <see cref="OpeningVerdict.Opened"/>.
    /// </summary>
    public static OpeningVerdict Open(
        ItemShares shares,
        ReadOnlySpan<byte> context,
        ReadOnlySpan<byte> commitmentKey,
        ReadOnlySpan<byte> offeredDigest,
        ReadOnlySpan<byte> offeredCommitment,
        ByteSource sealedFile,
        ByteSink destination)
    {
        using var digest = new HashLane(PieceHash.Digest());
        using var commitment = new HashLane(PieceHash.Commitment(commitmentKey));
        var content = new UnpaddedContent(destination, commitment);
        var inputKey = shares.InputKey();
        var fault = ChunkedMessage.Open(inputKey, context, buffer => Hashed(sealedFile, digest, buffer), content.Take);
        CryptographicOperations.ZeroMemory(inputKey);
        // A file that is not the offered one is a matter of transport; one that is, and still does not open, is the supplier's.
        // So the digest is finished over the whole file even where opening stopped early.
        var rest = new byte[PieceHash.PieceLength];
        while (Hashed(sealedFile, digest, rest) > 0)
        {
        }
        if (!digest.Finish().AsSpan().SequenceEqual(offeredDigest))
        {
            return OpeningVerdict.Digest;
        }
        return fault switch
        {
            ChunkFault.Commitment => OpeningVerdict.Key,
            not ChunkFault.None => OpeningVerdict.Chunk,
            _ when !content.Complete => OpeningVerdict.Padding,
            _ => commitment.Finish().AsSpan().SequenceEqual(offeredCommitment) ? OpeningVerdict.Opened : OpeningVerdict.Commitment,
        };
    }

    private static int Hashed(ByteSource source, HashLane digest, Span<byte> buffer)
    {
        var read = source(buffer);
        digest.Append(buffer[..read]);
        return read;
    }
}

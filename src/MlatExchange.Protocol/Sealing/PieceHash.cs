using System.Security.Cryptography;

namespace MlatExchange.Protocol.Sealing;

/// <summary>
/// The digest construction of evidence items: SHA-256, or HMAC-SHA-256, over the concatenated SHA-256 of each 16 KiB piece (the last
/// may be shorter; no bytes, no piece). Unlike a plain digest it can be made by a browser, which has no streaming hash, and checked in parallel.
/// </summary>
public sealed class PieceHash : IDisposable
{
    /// <summary>Bytes of every piece but the last.</summary>
    public const int PieceLength = 16 * 1024;

    private readonly IncrementalHash outer;
    private readonly IncrementalHash piece = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int inPiece;

    private PieceHash(IncrementalHash outer) => this.outer = outer;

    /// <summary>Bytes taken so far.</summary>
    public long Length { get; private set; }

    /// <summary>A digest, as of a sealed file.</summary>
    public static PieceHash Digest() => new(IncrementalHash.CreateHash(HashAlgorithmName.SHA256));

    /// <summary>A commitment under a key, as to the unpadded content.</summary>
    public static PieceHash Commitment(ReadOnlySpan<byte> key) => new(IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key));

    /// <summary>Takes the next bytes, in spans of any size.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        while (!bytes.IsEmpty)
        {
            var taken = Math.Min(PieceLength - inPiece, bytes.Length);
            piece.AppendData(bytes[..taken]);
            inPiece += taken;
            bytes = bytes[taken..];
            if (inPiece == PieceLength)
            {
                EndPiece();
            }
        }
    }

    /// <summary>The 32 bytes; nothing may be appended after.</summary>
    public byte[] Finish()
    {
        if (inPiece > 0)
        {
            EndPiece();
        }
        return outer.GetHashAndReset();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        outer.Dispose();
        piece.Dispose();
    }

    private void EndPiece()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        piece.GetHashAndReset(hash);
        outer.AppendData(hash);
        inPiece = 0;
    }
}

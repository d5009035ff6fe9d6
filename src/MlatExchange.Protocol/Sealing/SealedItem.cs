namespace MlatExchange.Protocol.Sealing;

/// <summary>What the offer says of a sealed item.</summary>
/// <param name="ContentLength">Bytes of the content; told to nobody but who opens it.</param>
/// <param name="PaddedLength">Bytes of the padded plaintext: the offer's <c>size</c>.</param>
/// <param name="SealedLength">Bytes of the sealed file.</param>
/// <param name="Digest">Piece digest of the sealed file, 32 bytes.</param>
/// <param name="Commitment">Piece commitment to the content under the commitment key, 32 bytes.</param>
public sealed record SealedItem(long ContentLength, long PaddedLength, long SealedLength, byte[] Digest, byte[] Commitment);

/// <summary>Why an item does not open; <see cref="Opened"/> when it did.</summary>
public enum OpeningVerdict
{
    /// <summary>Every byte is authentic, the digest and the commitment of the offer hold.</summary>
    Opened,

    /// <summary>The sealed file is not the one whose digest the offer names.</summary>
    Digest,

    /// <summary>The shares, or the context, are not the ones it was sealed with.</summary>
    Key,

    /// <summary>The sealed file is changed or cut.</summary>
    Chunk,

    /// <summary>Authentic, but not padded as the format says: the supplier's tool did not follow it.</summary>
    Padding,

    /// <summary>Authentic, but not the content that the offer committed to.</summary>
    Commitment,
}

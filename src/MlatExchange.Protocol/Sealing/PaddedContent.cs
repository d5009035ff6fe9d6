using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MlatExchange.Protocol.Sealing;

/// <summary>
/// The plaintext of an item: the content's length as big-endian u64, the content, zeros up to the Padmé size of both. Sealing pulls
/// it, opening pushes it; both commit to the content as it passes.
/// </summary>
internal static class PaddedContent
{
    internal const int PrefixLength = sizeof(long);

    internal static long Length(long contentLength) => Padme.PaddedLength(PrefixLength + contentLength);

    /// <summary>Gives the plaintext of a content of known length; a content that turns out longer or shorter is an <see cref="EndOfStreamException"/>.</summary>
    internal static ByteSource Of(ByteSource content, long contentLength, HashLane commitment)
    {
        var (position, padded) = (-(long)PrefixLength, Length(contentLength) - PrefixLength);
        return buffer =>
        {
            if (position < 0)
            {
                BinaryPrimitives.WriteInt64BigEndian(buffer, contentLength);
                position = 0;
                return PrefixLength;
            }
            if (position < contentLength)
            {
                var read = content(buffer[..(int)Math.Min(buffer.Length, contentLength - position)]);
                commitment.Append(buffer[..read]);
                position += read;
                return read > 0 ? read : throw new EndOfStreamException("the content is shorter than was said");
            }
            if (position == contentLength && content(stackalloc byte[1]) > 0)
            {
                throw new EndOfStreamException("the content is longer than was said");
            }
            var zeros = (int)Math.Min(buffer.Length, padded - position);
            buffer[..zeros].Clear();
            position += zeros;
            return zeros;
        };
    }
}

/// <summary>Takes the authenticated plaintext apart again and checks that it is exactly what sealing writes.</summary>
internal sealed class UnpaddedContent(ByteSink content, HashLane commitment)
{
    private readonly byte[] prefix = new byte[PaddedContent.PrefixLength];
    private long taken;

    internal long ContentLength { get; private set; }

    internal bool WellFormed { get; private set; } = true;

    internal bool Complete => WellFormed && taken >= PaddedContent.PrefixLength && taken == PaddedContent.Length(ContentLength);

    internal void Take(ReadOnlySpan<byte> plaintext)
    {
        if (taken < prefix.Length)
        {
            var part = Math.Min(prefix.Length - (int)taken, plaintext.Length);
            plaintext[..part].CopyTo(prefix.AsSpan((int)taken));
            plaintext = plaintext[part..];
            taken += part;
            ContentLength = BinaryPrimitives.ReadInt64BigEndian(prefix);
            WellFormed = ContentLength is >= 0 and <= ChunkedMessage.MaximumLength - PaddedContent.PrefixLength;
        }
        if (!WellFormed || plaintext.IsEmpty)
        {
            return;
        }
        var own = (int)Math.Clamp(PaddedContent.PrefixLength + ContentLength - taken, 0, plaintext.Length);
        commitment.Append(plaintext[..own]);
        content(plaintext[..own]);
        taken += plaintext.Length;
        WellFormed = !plaintext[own..].ContainsAnyExcept((byte)0);
    }
}

namespace MlatExchange.Protocol.Sealing;

/// <summary>Reads a range of a sealed message without opening what lies before it. The length is authenticated first, by opening the last chunk.</summary>
public sealed class ChunkedReader : IDisposable
{
    private readonly Stream source;
    private readonly ChunkCipher cipher;
    private readonly byte[] sealedChunk = new byte[ChunkedMessage.SealedChunkLength];
    private readonly byte[] plain = new byte[ChunkedMessage.ChunkLength];
    private long held = -1;

    private ChunkedReader(Stream source, ChunkCipher cipher, long length) => (this.source, this.cipher, Length) = (source, cipher, length);

    /// <summary>Authenticated length of the plaintext, in bytes.</summary>
    public long Length { get; }

    /// <summary>Checks header, commitment and last chunk of a seekable stream; null and the fault when they are wrong. The stream stays the caller's.</summary>
    public static ChunkedReader? Open(ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> context, Stream source, out ChunkFault fault)
    {
        Span<byte> header = stackalloc byte[ChunkedMessage.HeaderLength];
        source.Position = 0;
        fault = ChunkFault.Header;
        if (inputKey.Length != ChunkCipher.KeyLength || source.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
        {
            return null;
        }
        var cipher = new ChunkCipher(inputKey, header[..ChunkCipher.SaltLength], context);
        var (chunks, tail) = Math.DivRem(source.Length - header.Length, ChunkedMessage.SealedChunkLength);
        fault = !cipher.Commitment.SequenceEqual(header[ChunkCipher.SaltLength..]) ? ChunkFault.Commitment
            : tail < ChunkCipher.TagLength ? ChunkFault.Truncated
            : ChunkFault.None;
        var reader = new ChunkedReader(source, cipher, (chunks * ChunkedMessage.ChunkLength) + tail - ChunkCipher.TagLength);
        if (fault == ChunkFault.None && !reader.Hold(chunks))
        {
            fault = ChunkFault.Chunk;
        }
        if (fault != ChunkFault.None)
        {
            reader.Dispose();
        }
        return fault == ChunkFault.None ? reader : null;
    }

    /// <summary>Fills the buffer from that plaintext offset on, up to the end; how many bytes, or -1 when a chunk in the range is not authentic.</summary>
    public int ReadAt(long offset, Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var filled = 0;
        while (filled < buffer.Length && offset + filled < Length)
        {
            var (chunk, within) = Math.DivRem(offset + filled, ChunkedMessage.ChunkLength);
            if (!Hold(chunk))
            {
                buffer.Clear();
                return -1;
            }
            var available = (int)Math.Min(ChunkedMessage.ChunkLength, Length - (chunk * ChunkedMessage.ChunkLength));
            var taken = Math.Min(available - (int)within, buffer.Length - filled);
            plain.AsSpan((int)within, taken).CopyTo(buffer[filled..]);
            filled += taken;
        }
        return filled;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        cipher.Dispose();
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(plain);
    }

    private bool Hold(long chunk)
    {
        if (held == chunk)
        {
            return true;
        }
        source.Position = ChunkedMessage.HeaderLength + (chunk * ChunkedMessage.SealedChunkLength);
        var read = source.ReadAtLeast(sealedChunk, sealedChunk.Length, throwOnEndOfStream: false);
        held = read >= ChunkCipher.TagLength && cipher.TryOpen(chunk, sealedChunk.AsSpan(0, read), plain) ? chunk : -1;
        return held == chunk;
    }
}

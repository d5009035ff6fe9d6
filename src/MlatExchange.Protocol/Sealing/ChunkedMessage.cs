namespace MlatExchange.Protocol.Sealing;

/// <summary>
/// A message under C2SP chunked encryption: salt (24), commitment (32), chunks of 16 KiB with a tag of 16 bytes each, the last chunk
/// always shorter than 16 KiB and maybe empty. Streams in constant memory.
/// </summary>
public static class ChunkedMessage
{
    /// <summary>Plaintext bytes of every chunk but the last.</summary>
    public const int ChunkLength = 16 * 1024;

    /// <summary>Bytes of such a chunk when sealed.</summary>
    public const int SealedChunkLength = ChunkLength + ChunkCipher.TagLength;

    /// <summary>Bytes before the first chunk.</summary>
    public const int HeaderLength = ChunkCipher.SaltLength + ChunkCipher.CommitmentLength;

    /// <summary>Longest message, in plaintext bytes: the format ends at 2^38 chunks.</summary>
    public const long MaximumLength = (1L << 52) - 1;

    /// <summary>Chunks handled at a time: few enough to stay in a core's cache, enough to make a read or write of a file worth its call.</summary>
    private const int Batch = 16;

    /// <summary>Bytes of the sealed message for that many plaintext bytes.</summary>
    public static long SealedLength(long plaintextLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(plaintextLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plaintextLength, MaximumLength);
        return HeaderLength + plaintextLength + (ChunkCipher.TagLength * ((plaintextLength / ChunkLength) + 1));
    }

    /// <summary>Seals everything the source gives. The salt must never repeat under one input key.</summary>
    public static void Seal(ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> context, ByteSource plaintext, ByteSink destination)
    {
        using var cipher = new ChunkCipher(inputKey, salt, context);
        destination(salt);
        destination(cipher.Commitment);
        var plain = new byte[Batch * ChunkLength];
        var output = new byte[Batch * SealedChunkLength];
        long number = 0;
        for (var filled = plain.Length; filled == plain.Length;)
        {
            filled = plaintext.Fill(plain);
            var rest = plain.AsSpan(0, filled);
            var written = 0;
            while (rest.Length >= ChunkLength)
            {
                cipher.Seal(number++, rest[..ChunkLength], output.AsSpan(written));
                rest = rest[ChunkLength..];
                written += SealedChunkLength;
            }
            if (filled < plain.Length)
            {
                cipher.Seal(number, rest, output.AsSpan(written));
                written += rest.Length + ChunkCipher.TagLength;
            }
            destination(output.AsSpan(0, written));
        }
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(plain);
    }

    /// <summary>
    /// Opens a sealed message. Only authentic plaintext reaches the destination, in order; but until the result is
    /// <see cref="ChunkFault.None"/> it may be a beginning only and must not be used.
    /// </summary>
    public static ChunkFault Open(ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> context, ByteSource source, ByteSink destination)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        if (inputKey.Length != ChunkCipher.KeyLength || source.Fill(header) < HeaderLength)
        {
            return ChunkFault.Header;
        }
        using var cipher = new ChunkCipher(inputKey, header[..ChunkCipher.SaltLength], context);
        if (!cipher.Commitment.SequenceEqual(header[ChunkCipher.SaltLength..]))
        {
            return ChunkFault.Commitment;
        }
        var input = new byte[Batch * SealedChunkLength];
        var plain = new byte[Batch * ChunkLength];
        try
        {
            return OpenChunks(cipher, source, destination, input, plain);
        }
        finally
        {
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static ChunkFault OpenChunks(ChunkCipher cipher, ByteSource source, ByteSink destination, byte[] input, byte[] plain)
    {
        long number = 0;
        while (true)
        {
            var filled = source.Fill(input);
            var opened = 0;
            var rest = input.AsSpan(0, filled);
            var last = filled < input.Length;
            while (rest.Length >= SealedChunkLength || last)
            {
                var chunk = rest[..Math.Min(rest.Length, SealedChunkLength)];
                if (chunk.Length < ChunkCipher.TagLength || !cipher.TryOpen(number++, chunk, plain.AsSpan(opened)))
                {
                    destination(plain.AsSpan(0, opened));
                    return chunk.Length < ChunkCipher.TagLength ? ChunkFault.Truncated : ChunkFault.Chunk;
                }
                opened += chunk.Length - ChunkCipher.TagLength;
                rest = rest[chunk.Length..];
                if (chunk.Length < SealedChunkLength)
                {
                    destination(plain.AsSpan(0, opened));
                    return ChunkFault.None;
                }
            }
            destination(plain.AsSpan(0, opened));
        }
    }
}

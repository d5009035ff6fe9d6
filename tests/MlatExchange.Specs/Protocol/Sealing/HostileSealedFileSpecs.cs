using System.Buffers.Binary;
using System.Security.Cryptography;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Specs.Protocol.Sealing;

/// <summary>Faults B7 and B9: chunks moved, cut and mixed; nothing unauthenticated comes out; nothing repeats.</summary>
public class HostileSealedFileSpecs
{
    private const int Header = ChunkedMessage.HeaderLength;
    private const int Chunk = ChunkedMessage.SealedChunkLength;

    [Fact]
    public void A_changed_file_is_not_the_offered_one_and_gives_out_only_authentic_bytes()
    {
        var sample = SealedSample.Of(70_000);
        var other = SealedSample.Of(70_000);
        var f = sample.File;
        byte[] At(int chunk) => f[(Header + (chunk * Chunk))..Math.Min(f.Length, Header + ((chunk + 1) * Chunk))];
        var changed = new Dictionary<string, byte[]>
        {
            ["two chunks swapped"] = [.. f[..Header], .. At(1), .. At(0), .. f[(Header + (2 * Chunk))..]],
            ["a chunk doubled"] = [.. f[..(Header + Chunk)], .. At(0), .. f[(Header + Chunk)..]],
            ["a chunk dropped"] = [.. f[..Header], .. f[(Header + Chunk)..]],
            ["cut at a boundary"] = f[..(Header + (3 * Chunk))],
            ["cut to the header"] = f[..Header],
            ["cut inside a chunk"] = f[..(Header + Chunk + 500)],
            ["cut inside the tag"] = f[..^1],
            ["a byte appended"] = [.. f, 0],
            ["a chunk appended"] = [.. f, .. At(0)],
            ["a chunk from another file"] = [.. f[..Header], .. other.File[Header..(Header + Chunk)], .. f[(Header + Chunk)..]],
            ["another file's header"] = [.. other.File[..Header], .. f[Header..]],
            ["nothing at all"] = [],
        };
        foreach (var (name, file) in changed)
        {
            Assert.True(sample.Open(file, out var released) == OpeningVerdict.Digest, name);
            Assert.True(released.AsSpan().SequenceEqual(sample.Content.AsSpan(0, released.Length)) && released.Length < sample.Content.Length, $"{name} released {released.Length}");
            Assert.True(sample.OpenAsOffered(file, out _) is OpeningVerdict.Chunk or OpeningVerdict.Key, name);
        }
    }

    [Fact]
    public void Every_flipped_bit_is_found()
    {
        var sample = SealedSample.Of(400);
        for (var at = 0; at < sample.File.Length; at++)
        {
            byte[] file = [.. sample.File];
            file[at] ^= (byte)(1 << (at % 8));
            Assert.Equal(OpeningVerdict.Digest, sample.Open(file, out _));
            Assert.Equal(at < Header ? OpeningVerdict.Key : OpeningVerdict.Chunk, sample.OpenAsOffered(file, out var released));
            Assert.Empty(released);
        }
    }

    [Fact]
    public void An_authentic_file_that_is_not_padded_as_the_format_says_is_refused()
    {
        var sample = SealedSample.Of(0);
        Assert.Equal(OpeningVerdict.Opened, Authentic(sample, 9, 10, last: 0));
        Assert.Equal(OpeningVerdict.Padding, Authentic(sample, 9, 10, last: 1)); // padding that hides something
        Assert.Equal(OpeningVerdict.Padding, Authentic(sample, 9, 9, last: 0)); // too short
        Assert.Equal(OpeningVerdict.Padding, Authentic(sample, 9, 30, last: 0)); // too long
        Assert.Equal(OpeningVerdict.Padding, Authentic(sample, 40_000, 10, last: 0)); // cut by the tool itself
        Assert.Equal(OpeningVerdict.Padding, Authentic(sample, long.MaxValue, 10, last: 0));
        Assert.Equal(OpeningVerdict.Padding, Authentic(sample, -1, 10, last: 0));
        Assert.Equal(OpeningVerdict.Padding, Authentic(sample, 9, -4, last: 0)); // not even a length
    }

    [Fact]
    public void Content_other_than_the_committed_one_is_told_from_the_rest()
    {
        var (sample, other) = (SealedSample.Of(100), SealedSample.Of(100));
        Assert.Equal(OpeningVerdict.Commitment, (sample with { Item = sample.Item with { Commitment = other.Item.Commitment } }).Open(sample.File, out _));
        Assert.Equal(OpeningVerdict.Commitment, (sample with { CommitmentKey = other.CommitmentKey }).Open(sample.File, out _));
    }

    [Fact]
    public void The_same_file_sealed_twice_gives_unrelated_ciphertexts()
    {
        var content = new byte[200_000];
        var (one, two) = (SealedSample.Of(content), SealedSample.Of(content));
        var same = one.File.Zip(two.File, (a, b) => a == b ? 1 : 0).Sum();
        Assert.InRange(same, 0, one.File.Length / 128); // 1 in 256 by chance
        Assert.NotEqual(one.Item.Commitment, two.Item.Commitment);
    }

    [Fact]
    public void A_million_chunks_in_eight_threads_have_a_million_nonces()
    {
        using var cipher = new ChunkCipher(RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(24), []);
        var nonces = new UInt128[1_000_000];
        Parallel.For(0, nonces.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number =>
        {
            Span<byte> nonce = stackalloc byte[16];
            nonce.Clear();
            cipher.NonceOf(number, nonce[4..]);
            nonces[number] = BinaryPrimitives.ReadUInt128BigEndian(nonce);
        });
        Array.Sort(nonces);
        Assert.DoesNotContain(Enumerable.Range(1, nonces.Length - 1), i => nonces[i] == nonces[i - 1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => cipher.NonceOf(1L << 38, new byte[12]));
    }

    /// <summary>Seals a plaintext of a false length prefix, a false padded size or padding that is not zero, as a broken tool would.</summary>
    private static OpeningVerdict Authentic(SealedSample keys, long length, int after, byte last)
    {
        var plaintext = new byte[8 + Math.Max(after, 0)];
        BinaryPrimitives.WriteInt64BigEndian(plaintext, length);
        plaintext[^1] |= after > 0 ? last : (byte)0;
        using var source = new MemoryStream(plaintext[..(8 + after)]);
        using var file = new MemoryStream();
        ChunkedMessage.Seal(keys.Shares.InputKey(), new byte[24], keys.Context, source.Read, file.Write);
        using var commitment = PieceHash.Commitment(keys.CommitmentKey);
        commitment.Append(new byte[9]);
        return (keys with { Item = keys.Item with { Commitment = commitment.Finish() } }).OpenAsOffered(file.ToArray(), out _);
    }
}

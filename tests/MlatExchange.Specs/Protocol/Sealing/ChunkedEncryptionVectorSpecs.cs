using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Specs.Protocol.Sealing;

/// <summary>The 35 Wycheproof cases of C2SP chunked encryption, by stream, by random access, and sealed again.</summary>
public class ChunkedEncryptionVectorSpecs
{
    [Fact]
    public void Streaming_agrees_with_every_case_and_releases_no_byte_past_the_authentic_prefix()
    {
        foreach (var c in Cases())
        {
            using var opened = new MemoryStream();
            using var ciphertext = new MemoryStream(c.Ciphertext);
            var fault = ChunkedMessage.Open(c.Key, c.Context, ciphertext.Read, opened.Write);
            Assert.True(c.Valid == (fault == ChunkFault.None), c.Name);
            Assert.True(opened.Length == (c.MessageLength ?? 0), $"{c.Name}: {opened.Length} bytes released");
            if (c.MessageSha512 is { } hash)
            {
                Assert.Equal(hash, Convert.ToHexStringLower(SHA512.HashData(opened.ToArray())));
            }
            if (c.Valid)
            {
                using var again = new MemoryStream();
                opened.Position = 0;
                ChunkedMessage.Seal(c.Key, c.Ciphertext.AsSpan(0, ChunkCipher.SaltLength), c.Context, opened.Read, again.Write);
                Assert.True(c.Ciphertext.AsSpan().SequenceEqual(again.ToArray()), $"{c.Name}: sealed again");
                Assert.Equal(c.Ciphertext.Length, ChunkedMessage.SealedLength(opened.Length));
            }
        }
    }

    [Fact]
    public void Random_access_agrees_with_every_case()
    {
        foreach (var c in Cases())
        {
            using var ciphertext = new MemoryStream(c.Ciphertext);
            using var reader = ChunkedReader.Open(c.Key, c.Context, ciphertext, out var fault);
            Assert.Equal(reader is null, fault != ChunkFault.None);
            Assert.True(c.Valid || c.FinalChunkIsValid ? reader is not null : reader is null, c.Name);
            if (reader is not null)
            {
                var message = new byte[reader.Length];
                Assert.True(c.Valid == (reader.ReadAt(0, message) == message.Length), c.Name);
                Assert.Equal(c.Valid, c.MessageSha512 == Convert.ToHexStringLower(SHA512.HashData(message)));
            }
        }
    }

    [Fact]
    public void A_range_is_read_without_the_chunks_before_it()
    {
        var (key, message) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(100_000));
        using var file = new MemoryStream();
        using var source = new MemoryStream(message);
        ChunkedMessage.Seal(key, new byte[24], "context"u8, source.Read, file.Write);
        file.GetBuffer()[60] ^= 1; // chunk 0 no longer opens
        using var reader = ChunkedReader.Open(key, "context"u8, file, out _)!;
        var range = new byte[40_000];
        Assert.Equal(range.Length, reader.ReadAt(20_000, range));
        Assert.Equal(message[20_000..60_000], range);
        Assert.Equal(10, reader.ReadAt(99_990, range));
        Assert.Equal(0, reader.ReadAt(100_000, range));
        Assert.Equal(-1, reader.ReadAt(16_383, range));
        Assert.All(range, b => Assert.Equal(0, b));
    }

    private static IEnumerable<Case> Cases()
    {
        var file = Path.Combine(SharedFolder.OrSkip("vectors"), "wycheproof", "c2sp_chunked_encryption_aes_256_gcm_test.json");
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        var cases = document.RootElement.GetProperty("testGroups").EnumerateArray().SelectMany(g => g.GetProperty("tests").EnumerateArray()).Select(Read).ToList();
        Assert.Equal(35, cases.Count);
        return cases;
    }

    private static Case Read(JsonElement c)
    {
        using var compressed = new ZLibStream(new MemoryStream(Convert.FromHexString(c.GetProperty("ct").GetString()!)), CompressionMode.Decompress);
        using var ciphertext = new MemoryStream();
        compressed.CopyTo(ciphertext);
        return new(
            $"case {c.GetProperty("tcId").GetInt32()}: {c.GetProperty("comment").GetString()}",
            Convert.FromHexString(c.GetProperty("key").GetString()!),
            Convert.FromHexString(c.GetProperty("ctx").GetString()!),
            ciphertext.ToArray(),
            c.TryGetProperty("msgLength", out var length) ? length.GetInt64() : null,
            c.TryGetProperty("msgSha512", out var hash) ? hash.GetString() : null,
            c.GetProperty("result").GetString() == "valid",
            c.GetProperty("flags").EnumerateArray().Any(flag => flag.GetString() == "ValidFinalChunk"));
    }

    private sealed record Case(string Name, byte[] Key, byte[] Context, byte[] Ciphertext, long? MessageLength, string? MessageSha512, bool Valid, bool FinalChunkIsValid);
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Specs.Protocol.Sealing;

public class ItemSealingSpecs
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16_376)] // with its length exactly one chunk
    [InlineData(16_377)]
    [InlineData(100_000)]
    [InlineData(64 * 16_384)]
    [InlineData(3_000_001)]
    public void What_is_sealed_opens_to_the_same_bytes(int length)
    {
        var sample = SealedSample.Of(length);
        Assert.Equal(OpeningVerdict.Opened, sample.Open(sample.File, out var content));
        Assert.Equal(sample.Content, content);
        Assert.Equal(sample.File.Length, sample.Item.SealedLength);
        Assert.Equal(Padme.PaddedLength(length + 8), sample.Item.PaddedLength);
        Assert.Equal(ChunkedMessage.SealedLength(sample.Item.PaddedLength), sample.Item.SealedLength);
    }

    [Fact]
    public void The_plaintext_is_the_length_the_content_and_zeros_up_to_the_padded_size()
    {
        var sample = SealedSample.Of(1000);
        using var file = new MemoryStream(sample.File);
        using var reader = ChunkedReader.Open(sample.Shares.InputKey(), sample.Context, file, out _)!;
        var plaintext = new byte[reader.Length];
        reader.ReadAt(0, plaintext);
        Assert.Equal(1024, plaintext.Length);
        Assert.Equal(1000UL, BinaryPrimitives.ReadUInt64BigEndian(plaintext));
        Assert.Equal(sample.Content, plaintext[8..1008]);
        Assert.All(plaintext[1008..], b => Assert.Equal(0, b));
    }

    [Fact]
    public void Digest_and_commitment_are_over_the_hashes_of_16_KiB_pieces()
    {
        var sample = SealedSample.Of(50_000);
        Assert.Equal(SHA256.HashData(Pieces(sample.File)), sample.Item.Digest);
        Assert.Equal(HMACSHA256.HashData(sample.CommitmentKey, Pieces(sample.Content)), sample.Item.Commitment);
        var empty = SealedSample.Of(0);
        Assert.Equal(HMACSHA256.HashData(empty.CommitmentKey, Array.Empty<byte>()), empty.Item.Commitment);
    }

    [Fact]
    public void Spans_of_any_size_give_the_same_piece_digest()
    {
        var bytes = RandomNumberGenerator.GetBytes(70_000);
        foreach (var step in new[] { 1, 999, 16_383, 16_384, 16_385, 40_000, 70_000 })
        {
            using var digest = PieceHash.Digest();
            for (var at = 0; at < bytes.Length; at += step)
            {
                digest.Append(bytes.AsSpan(at, Math.Min(step, bytes.Length - at)));
            }
            Assert.Equal(70_000, digest.Length);
            Assert.Equal(SHA256.HashData(Pieces(bytes)), digest.Finish());
        }
    }

    [Fact]
    public void The_key_is_A_xor_B_and_neither_share_alone()
    {
        var shares = ItemShares.Draw(RandomNumberGenerator.Fill);
        Assert.Equal(shares.A.Zip(shares.B, (a, b) => (byte)(a ^ b)), shares.InputKey());
        Assert.Null(ItemShares.Of(shares.A[..31], shares.B));
        var sample = SealedSample.Of(100);
        foreach (var wrong in new[] { ItemShares.Of(sample.Shares.A, new byte[32]), ItemShares.Of(new byte[32], sample.Shares.B), shares })
        {
            Assert.Equal(OpeningVerdict.Key, (sample with { Shares = wrong! }).Open(sample.File, out var released));
            Assert.Empty(released);
        }
    }

    [Fact]
    public void An_item_opens_only_in_its_own_transfer_and_place()
    {
        var sample = SealedSample.Of(100);
        byte[][] others =
        [
            SealingContext.Of("https://node.xc.example", SealedSample.Transfer, "i1"),
            SealingContext.Of(SealedSample.Node, "BAECAwQFBgcICQoLDA0ODw", "i1"),
            SealingContext.Of(SealedSample.Node, SealedSample.Transfer, "i2"),
        ];
        Assert.All(others, context => Assert.Equal(OpeningVerdict.Key, (sample with { Context = context }).Open(sample.File, out _)));
        Assert.Equal("mlat-item-v1|https://node.xb.example|AAECAwQFBgcICQoLDA0ODw|i1", Encoding.UTF8.GetString(sample.Context));
    }

    [Theory]
    [InlineData("", SealedSample.Transfer, "i1")]
    [InlineData("https://node|xb.example", SealedSample.Transfer, "i1")]
    [InlineData("https://node.xb.example", "AAECAwQFBgcICQoLDA0OD", "i1")]
    [InlineData("https://node.xb.example", "AAECAwQFBgcICQoLDA0OD_", "i1")]
    [InlineData("https://node.xb.example", SealedSample.Transfer, "")]
    [InlineData("https://node.xb.example", SealedSample.Transfer, "I1")]
    [InlineData("https://node.xb.example", SealedSample.Transfer, "../i1")]
    [InlineData("https://node.xb.example", SealedSample.Transfer, "a23456789012345678901234567890123")]
    public void A_context_that_could_be_read_two_ways_is_refused(string supplier, string transfer, string itemRef) =>
        Assert.Throws<ArgumentException>(() => SealingContext.Of(supplier, transfer, itemRef));

    [Theory]
    [InlineData(99)]
    [InlineData(101)]
    public void A_content_that_changes_its_length_while_it_is_sealed_is_an_error(int said)
    {
        using var content = new MemoryStream(new byte[100]);
        Assert.Throws<EndOfStreamException>(() => ItemSealing.Seal(
            ItemShares.Draw(RandomNumberGenerator.Fill), "context"u8, new byte[32], RandomNumberGenerator.Fill, said, content.Read, _ => { }));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(9, 10)]
    [InlineData(1023, 1024)]
    [InlineData(1024, 1024)]
    [InlineData(1025, 1088)]
    [InlineData(1_000_000, 1_015_808)]
    [InlineData(1_099_511_627_777, 1_116_691_496_960)]
    public void Padding_rounds_up_as_Padme_does(long length, long padded) => Assert.Equal(padded, Padme.PaddedLength(length));

    private static byte[] Pieces(byte[] bytes) => [.. bytes.Chunk(16_384).SelectMany(SHA256.HashData)];
}

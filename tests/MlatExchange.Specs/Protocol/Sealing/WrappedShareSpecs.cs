using System.Security.Cryptography;
using System.Text;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Specs.Protocol.Sealing;

public class WrappedShareSpecs
{
    private static readonly EcKey Evidence = EcKey.Generate(RandomNumberGenerator.Fill);
    private static readonly EcKey Transfer = EcKey.Generate(RandomNumberGenerator.Fill);
    private static readonly byte[] Share = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] CommitmentKey = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public void Each_share_opens_with_its_own_key()
    {
        var a = WrappedShare.WrapA(Share, CommitmentKey, Evidence.Public, RandomNumberGenerator.Fill);
        Assert.True(WrappedShare.TryOpenA(a, Evidence, out var share, out var key, out _));
        Assert.Equal(Share, share);
        Assert.Equal(CommitmentKey, key);
        var b = WrappedShare.WrapB(Share, Transfer.Public, RandomNumberGenerator.Fill);
        Assert.True(WrappedShare.TryOpenB(b, Transfer, out share, out _));
        Assert.Equal(Share, share);
        Assert.Equal(Digest.Of(Encoding.ASCII.GetBytes(a)), WrappedShare.DigestOf(a));
    }

    [Fact]
    public void Another_key_another_share_or_another_content_does_not_open()
    {
        var a = WrappedShare.WrapA(Share, CommitmentKey, Evidence.Public, RandomNumberGenerator.Fill);
        var b = WrappedShare.WrapB(Share, Transfer.Public, RandomNumberGenerator.Fill);
        Assert.False(WrappedShare.TryOpenA(a, Transfer, out _, out _, out var fault));
        Assert.Equal(3, fault.Step);
        Assert.False(WrappedShare.TryOpenB(a, Evidence, out _, out fault));
        Assert.Equal("/cty", fault.JsonPointer);
        Assert.False(WrappedShare.TryOpenA(b, Transfer, out _, out _, out _));
        foreach (var content in new[] { "{}", """{"a":"AAAA","commitmentKey":"AAAA"}""", $$"""{"a":"{{Base64Url.Encode(Share)}}"}""", "x" })
        {
            var other = CompactJwe.Seal(Encoding.UTF8.GetBytes(content), Evidence.Public, WrappedShare.Type, WrappedShare.ContentTypeA, RandomNumberGenerator.Fill);
            Assert.False(WrappedShare.TryOpenA(other, Evidence, out var released, out _, out fault));
            Assert.Null(released);
            Assert.NotNull(fault);
        }
        Assert.Throws<ArgumentException>(() => WrappedShare.WrapB(Share.AsSpan(1), Transfer.Public, RandomNumberGenerator.Fill));
    }
}

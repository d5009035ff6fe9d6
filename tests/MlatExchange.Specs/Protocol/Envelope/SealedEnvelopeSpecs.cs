using System.Text;
using MlatExchange.Protocol.Envelope;
using MlatExchange.Protocol.Jose;
using MlatExchange.Specs.Protocol.Verification;

namespace MlatExchange.Specs.Protocol.Envelope;

public class SealedEnvelopeSpecs
{
    private static readonly SealedEnvelope Small = Draft.Ping.Pack();

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4 * 1024, 16)]
    [InlineData(40 * 1024, 64)]
    [InlineData(100 * 1024, 256)]
    public void Only_four_sizes_exist(int extra, int kibibytes)
    {
        var plaintext = With(extra).Write();
        Assert.Equal(kibibytes * 1024, plaintext.Length);
        Assert.Equal(Small.Message, SealedEnvelope.Read(plaintext, out _).Envelope!.Message);
    }

    [Fact]
    public void What_is_read_is_what_was_written_character_for_character()
    {
        var read = SealedEnvelope.Read(Small.Write(), out _).Envelope!;
        Assert.Equal(Small.Message, read.Message);
        Assert.Equal(Small.Logged.Leaf, read.Logged.Leaf);
        Assert.Equal(Small.Logged.Proof, read.Logged.Proof);
        Assert.Equal(Small.Logged.Checkpoint, read.Logged.Checkpoint);
    }

    [Fact]
    public void The_fill_carries_nothing()
    {
        var plaintext = Small.Write();
        plaintext[^5] = (byte)'1';
        Assert.Equal("/pad", SealedEnvelope.Read(plaintext, out _).Fault!.JsonPointer);
    }

    [Fact]
    public void Another_suite_is_refused()
    {
        var text = Encoding.UTF8.GetString(Small.Write()).Replace("\"suite\":1", "\"suite\":2", StringComparison.Ordinal);
        Assert.Equal("/suite", SealedEnvelope.Read(Encoding.UTF8.GetBytes(text), out _).Fault!.JsonPointer);
    }

    [Fact]
    public void Whether_it_fits_is_known_before_anything_is_signed()
    {
        var largest = With(240 * 1024);
        Assert.True(SealedEnvelope.Fits(largest.Message.Length, largest.Shares.Select(share => share.Length)));
        Assert.Equal(256 * 1024, largest.Write().Length);
        var larger = With(260 * 1024);
        Assert.False(SealedEnvelope.Fits(larger.Message.Length, larger.Shares.Select(share => share.Length)));
        Assert.Throws<InvalidOperationException>(larger.Write);
    }

    [Fact]
    public void Only_the_recipient_opens_it()
    {
        var jwe = Small.Seal(World.Key("xb/encryption").Public, Jose.Keys.Drawn("seal"));
        Assert.True(CompactJwe.TryOpen(jwe, SealedEnvelope.Type, SealedEnvelope.ContentType, World.Key("xb/encryption"), out _, out _));
        Assert.False(CompactJwe.TryOpen(jwe, SealedEnvelope.Type, SealedEnvelope.ContentType, World.Key("xa/encryption"), out _, out _));
    }

    private static SealedEnvelope With(int extra) =>
        Small with { Shares = [.. Enumerable.Repeat(0, (extra + 3999) / 4000).Select(_ => new string('A', 4000))] };
}

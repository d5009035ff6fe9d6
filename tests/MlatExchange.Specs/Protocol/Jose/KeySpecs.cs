using System.Security.Cryptography;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Specs.Protocol.Jose;

public sealed class KeySpecs
{
    // The keys of RFC 7518 appendix C.
    private const string RfcAlice = """{"kty":"EC","crv":"P-256","x":"gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0","y":"SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps","d":"0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo"}""";
    private const string RfcBob = """{"kty":"EC","crv":"P-256","x":"weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ","y":"e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck","d":"VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw"}""";

    [Fact]
    public void The_key_derivation_agrees_with_RFC_7518_appendix_C()
    {
        using var alice = Private(RfcAlice);
        using var bob = Private(RfcBob);
        var otherInfo = ConcatKdf.OtherInfo("A128GCM", "Alice"u8, "Bob"u8, 128);
        using var point = EcPublicKey.TryImportPoint(P256.ReadJwk(Keys.Json(bob.PublicJwk), withPrivateHalf: false)!.Value)!;
        Assert.Equal("VqqN6vgjbSBcIijNcacQGg", Base64Url.Encode(alice.Agree(point, otherInfo).AsSpan(..16)));
    }

    [Fact]
    public void The_thumbprint_is_the_hash_of_the_required_members_in_order()
    {
        using var key = Private(RfcAlice);
        var canonical = """{"crv":"P-256","kty":"EC","x":"gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0","y":"SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps"}""";
        Assert.Equal(canonical, key.PublicJwk);
        Assert.Equal("sha-256:" + key.Thumbprint, Digest.Of(Keys.Utf8(canonical)).ToString());
    }

    [Fact]
    public void A_key_reads_back_and_the_same_draws_give_the_same_key()
    {
        using var again = Private(Keys.Alice.ExportPrivateJwk());
        Assert.Equal(Keys.Alice.Public, again.Public);
        using var drawn = EcKey.Generate(Keys.Drawn("alice"));
        Assert.Equal(Keys.Alice.Thumbprint, drawn.Thumbprint);
        Assert.NotEqual(Keys.Alice.Public, Keys.Bob.Public);
    }

    [Theory]
    [InlineData("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551")] // the order
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public void A_draw_that_is_no_scalar_is_drawn_again(string first)
    {
        byte[][] draws = [Convert.FromHexString(first), [.. new byte[31], 1]];
        var drawn = 0;
        Assert.Equal([.. new byte[31], 1], P256.DrawScalar(to => draws[drawn++].CopyTo(to)));
        Assert.Equal(2, drawn);
    }

    public static TheoryData<string, string> NoPublicKeys()
    {
        var (alice, bob) = (Keys.Json(Keys.Alice.PublicJwk), Keys.Json(Keys.Bob.PublicJwk));
        var (x, y) = (alice.GetProperty("x").GetString()!, alice.GetProperty("y").GetString()!);
        string Jwk(string kty, string crv, string px, string py, string more = "") => $$"""{"kty":"{{kty}}","crv":"{{crv}}","x":"{{px}}","y":"{{py}}"{{more}}}""";
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var other = p384.ExportParameters(false).Q;
        var p = Base64Url.Encode(Convert.FromHexString("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF"));
        return new()
        {
            { "off the curve", Jwk("EC", "P-256", x, bob.GetProperty("y").GetString()!) },
            { "infinity as zeros", Jwk("EC", "P-256", new string('A', 43), new string('A', 43)) },
            { "x is the prime", Jwk("EC", "P-256", p, y) },
            { "P-384", Jwk("EC", "P-384", Base64Url.Encode(other.X), Base64Url.Encode(other.Y)) },
            { "P-384 called P-256", Jwk("EC", "P-256", Base64Url.Encode(other.X), Base64Url.Encode(other.Y)) },
            { "secp256k1", Jwk("EC", "secp256k1", x, y) },
            { "RSA", Jwk("RSA", "P-256", x, y) },
            { "short x", Jwk("EC", "P-256", x[..42], y) },
            { "long x", Jwk("EC", "P-256", "AA" + x, y) },
            { "padded x", Jwk("EC", "P-256", x + "=", y) },
            { "private half", Keys.Alice.ExportPrivateJwk() },
            { "kid", Jwk("EC", "P-256", x, y, ",\"kid\":\"a\"") },
            { "no y", $$"""{"kty":"EC","crv":"P-256","x":"{{x}}"}""" },
            { "x twice", Jwk("EC", "P-256", x, y, $",\"x\":\"{x}\"") },
            { "x a number", $$"""{"kty":"EC","crv":"P-256","x":1,"y":"{{y}}"}""" },
            { "an array", "[]" },
            { "nothing", "" },
        };
    }

    [Theory]
    [MemberData(nameof(NoPublicKeys))]
    public void A14_what_is_no_public_key_on_P256_is_refused(string fault, string jwk)
    {
        Assert.False(EcPublicKey.TryImport(jwk, out _), fault);
        Assert.True(EcPublicKey.TryImport(Keys.Alice.PublicJwk, out _));
    }

    [Fact]
    public void Halves_that_do_not_belong_together_are_refused()
    {
        var swapped = Keys.Alice.PublicJwk[..^1] + ",\"d\":" + Keys.Json(Keys.Bob.ExportPrivateJwk()).GetProperty("d").GetRawText() + "}";
        Assert.False(EcKey.TryImport(swapped, out _));
        Assert.False(EcKey.TryImport(Keys.Alice.PublicJwk, out _));
    }

    [Fact]
    public void A_key_that_was_disposed_of_signs_nothing_more()
    {
        var key = EcKey.Generate(Keys.Drawn("short-lived"));
        CompactJws.Sign("t", "{}"u8, key);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => CompactJws.Sign("t", "{}"u8, key));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("AA", true)]
    [InlineData("AB", false)] // spare bits
    [InlineData("AAA", true)]
    [InlineData("AAB", false)]
    [InlineData("AAE", true)]
    [InlineData("A", false)]
    [InlineData("AAAAA", false)]
    [InlineData("AA==", false)]
    [InlineData("A A", false)]
    [InlineData("A+", false)]
    [InlineData("A\u00e9", false)]
    [InlineData("-_", false)]
    [InlineData("-w", true)]
    public void Base64url_has_one_spelling(string text, bool exact)
    {
        Assert.Equal(exact, Base64Url.TryDecode(text, out var bytes));
        Assert.Equal(exact ? text : null, bytes is null ? null : Base64Url.Encode(bytes));
    }

    [Fact]
    public void A_digest_has_one_spelling()
    {
        var text = Digest.Of("a"u8).ToString();
        Assert.Equal("sha-256:ypeBEsobvcr6wjGzmiPcTaeG7_gUfE5yuYB3ha_uSLs", text);
        Assert.Equal(Digest.Of("a"u8), Digest.Parse(text));
        Assert.NotEqual(Digest.Of("b"u8), Digest.Parse(text));
        string[] others = ["", text[8..], "sha-512:" + text[8..], "SHA-256:" + text[8..], text + "=", text[..^1], text[..^1] + "t", " " + text];
        Assert.All(others, other => Assert.False(Digest.TryParse(other, out _)));
    }

    private static EcKey Private(string jwk) => EcKey.TryImport(jwk, out var key) ? key : throw new FormatException();
}

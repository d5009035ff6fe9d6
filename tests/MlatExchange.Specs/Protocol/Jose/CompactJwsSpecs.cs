using MlatExchange.Protocol.Jose;

namespace MlatExchange.Specs.Protocol.Jose;

public sealed class CompactJwsSpecs
{
    private const string Ping = "mlat-msg-ping+jwt";
    private static readonly string Kid = Keys.Alice.Thumbprint;
    private static readonly string Good = CompactJws.Sign(Ping, """{"a":1}"""u8, Keys.Alice);

    [Fact]
    public void What_was_signed_is_read_and_verified()
    {
        Assert.True(CompactJws.TryRead(Good, Ping, out var jws, out _));
        Assert.True(jws.IsSignedBy(Keys.Alice.Public));
        Assert.False(jws.IsSignedBy(Keys.Bob.Public));
        Assert.Equal("""{"a":1}"""u8, jws.Payload.Span);
        Assert.Equal((Ping, Kid, Good), (jws.Type, jws.KeyId, jws.Text));
    }

    [Fact]
    public void The_header_is_exactly_alg_typ_kid_in_that_order()
    {
        Assert.StartsWith(Keys.Part($$"""{"alg":"ES256","typ":"{{Ping}}","kid":"{{Kid}}"}""") + ".", Good, StringComparison.Ordinal);
    }

    [Fact]
    public void The_digest_covers_header_and_payload_and_not_the_signature()
    {
        var again = CompactJws.Sign(Ping, """{"a":1}"""u8, Keys.Alice);
        Assert.NotEqual(Good, again); // ECDSA draws anew
        Assert.Equal(CompactJws.DigestOf(Good), CompactJws.DigestOf(again));
        Assert.True(CompactJws.TryRead(Good, out var jws, out _));
        Assert.Equal(Digest.Of(Keys.Utf8(Good[..Good.LastIndexOf('.')])), jws.Digest);
    }

    public static TheoryData<string, string, int, JoseRule> HostileHeaders() => new()
    {
        { "A1 alg none", $$"""{"alg":"none","typ":"{{Ping}}","kid":"{{Kid}}"}""", 5, JoseRule.Algorithm },
        { "A1 alg None", $$"""{"alg":"None","typ":"{{Ping}}","kid":"{{Kid}}"}""", 5, JoseRule.Algorithm },
        { "A1 alg nOnE", $$"""{"alg":"nOnE","typ":"{{Ping}}","kid":"{{Kid}}"}""", 5, JoseRule.Algorithm },
        { "alg es256", $$"""{"alg":"es256","typ":"{{Ping}}","kid":"{{Kid}}"}""", 5, JoseRule.Algorithm },
        { "alg ES384", $$"""{"alg":"ES384","typ":"{{Ping}}","kid":"{{Kid}}"}""", 5, JoseRule.Algorithm },
        { "A3 unknown crit", $$"""{"alg":"ES256","typ":"{{Ping}}","kid":"{{Kid}}","crit":["exp"]}""", 7, JoseRule.Critical },
        { "A3 crit with its member", $$"""{"alg":"ES256","typ":"{{Ping}}","kid":"{{Kid}}","crit":["b64"],"b64":false}""", 5, JoseRule.HeaderMembers },
        { "A5 no kid", $$"""{"alg":"ES256","typ":"{{Ping}}"}""", 5, JoseRule.HeaderMembers },
        { "A6 path", $$"""{"alg":"ES256","typ":"{{Ping}}","kid":"../../x"}""", 5, JoseRule.KeyId },
        { "A6 sql", $$"""{"alg":"ES256","typ":"{{Ping}}","kid":"' OR 1=1"}""", 5, JoseRule.KeyId },
        { "A6 url", $$"""{"alg":"ES256","typ":"{{Ping}}","kid":"https://sink.example/k"}""", 5, JoseRule.KeyId },
        { "A6 line breaks", $$"""{"alg":"ES256","typ":"{{Ping}}","kid":"a\r\nb"}""", 5, JoseRule.KeyId },
        { "A6 ten thousand", $$"""{"alg":"ES256","typ":"{{Ping}}","kid":"{{new string('k', 10_000)}}"}""", 5, JoseRule.TooLarge },
        { "kid of another length", $$"""{"alg":"ES256","typ":"{{Ping}}","kid":"{{Kid[..40]}}"}""", 5, JoseRule.KeyId },
        { "A7 jwk", $$"""{"alg":"ES256","typ":"{{Ping}}","kid":"{{Kid}}","jwk":{{Keys.Alice.PublicJwk}}}""", 5, JoseRule.HeaderMembers },
        { "A7 jku", $$"""{"alg":"ES256","typ":"{{Ping}}","kid":"{{Kid}}","jku":"http://127.0.0.1:1/"}""", 5, JoseRule.HeaderMembers },
        { "A7 x5u", $$"""{"alg":"ES256","typ":"{{Ping}}","kid":"{{Kid}}","x5u":"http://127.0.0.1:1/"}""", 5, JoseRule.HeaderMembers },
        { "A7 x5c", $$"""{"alg":"ES256","typ":"{{Ping}}","kid":"{{Kid}}","x5c":["AA"]}""", 5, JoseRule.HeaderMembers },
        { "A9 alg twice", $$"""{"alg":"ES256","alg":"none","typ":"{{Ping}}","kid":"{{Kid}}"}""", 6, JoseRule.DuplicateMember },
        { "A9 twice by an escape", $$"""{"alg":"ES256","\u0061lg":"none","typ":"{{Ping}}","kid":"{{Kid}}"}""", 6, JoseRule.DuplicateMember },
        { "zip", $$"""{"alg":"ES256","typ":"{{Ping}}","kid":"{{Kid}}","zip":"DEF"}""", 5, JoseRule.HeaderMembers },
        { "kid a number", $$"""{"alg":"ES256","typ":"{{Ping}}","kid":1}""", 5, JoseRule.HeaderJson },
        { "typ with a space", $$"""{"alg":"ES256","typ":"a b","kid":"{{Kid}}"}""", 5, JoseRule.Type },
        { "an array", "[]", 5, JoseRule.HeaderJson },
        { "not JSON", "{", 5, JoseRule.HeaderJson },
        { "trailing line", $$"""{"alg":"ES256","typ":"{{Ping}}","kid":"{{Kid}}"}""" + "\n", 5, JoseRule.HeaderJson },
    };

    [Theory]
    [MemberData(nameof(HostileHeaders))]
    public void A_hostile_header_is_refused_though_its_signature_holds(string fault, string header, int step, JoseRule rule)
    {
        Assert.False(CompactJws.TryRead(Keys.SignedWithHeader(header, """{"a":1}""", Keys.Alice), out _, out var found), fault);
        Assert.Equal((step, rule), (found.Step, found.Rule));
        Assert.All(found.JsonPointer, c => Assert.InRange(c, ' ', '~'));
    }

    [Fact]
    public void Another_order_of_the_same_members_is_read()
    {
        var text = Keys.SignedWithHeader($$"""{"kid":"{{Kid}}","alg":"ES256","typ":"{{Ping}}"}""", "{}", Keys.Alice);
        Assert.True(CompactJws.TryRead(text, out var jws, out _));
        Assert.True(jws.IsSignedBy(Keys.Alice.Public));
    }

    [Fact]
    public void A2_a_mac_keyed_with_the_public_key_is_refused_by_its_algorithm()
    {
        var input = Keys.Part($$"""{"alg":"HS256","typ":"{{Ping}}","kid":"{{Kid}}"}""") + "." + Keys.Part("{}");
        var mac = System.Security.Cryptography.HMACSHA256.HashData(Keys.Utf8(Keys.Alice.PublicJwk), Keys.Utf8(input));
        Assert.False(CompactJws.TryRead(input + "." + Base64Url.Encode(mac), out _, out var fault));
        Assert.Equal(JoseRule.Algorithm, fault.Rule);
    }

    [Fact]
    public void A16_another_typ_than_expected_is_refused()
    {
        Assert.False(CompactJws.TryRead(Good, "mlat-msg-receipt+jwt", out var jws, out var fault));
        Assert.Null(jws);
        Assert.Equal((5, JoseRule.Type), (fault.Step, fault.Rule));
    }

    [Fact]
    public void Changed_bytes_do_not_verify()
    {
        var dot = Good.IndexOf('.', StringComparison.Ordinal);
        var changed = Good[..(dot + 1)] + Keys.Part("""{"a":2}""") + Good[Good.LastIndexOf('.')..];
        Assert.True(CompactJws.TryRead(changed, out var jws, out _));
        Assert.False(jws.IsSignedBy(Keys.Alice.Public));
    }

    public static TheoryData<string, string> BrokenForms()
    {
        var parts = Good.Split('.');
        var spare = parts[2][..^1] + (char)(parts[2][^1] + 1);
        return new()
        {
            { "empty", "" },
            { "one part", parts[0] },
            { "two parts", parts[0] + "." + parts[1] },
            { "four parts", Good + ".AA" },
            { "empty signature", parts[0] + "." + parts[1] + "." },
            { "A11 spare bits in the signature", parts[0] + "." + parts[1] + "." + spare },
            { "A11 spare bits in the payload", parts[0] + ".AB." + parts[2] },
            { "padding", Good + "==" },
            { "white space", Good + " " },
            { "plain base64 alphabet", parts[0] + "." + parts[1] + "." + "+" + parts[2][1..] },
            { "short signature", parts[0] + "." + parts[1] + "." + parts[2][..84] },
            { "long signature", Good + "AA" },
            { "A20 above 256 KiB", parts[0] + "." + new string('A', CompactJws.MaxLength) + "." + parts[2] },
            { "JSON form", """{"payload":"e30","signatures":[]}""" },
        };
    }

    [Theory]
    [MemberData(nameof(BrokenForms))]
    public void A_broken_form_is_refused(string fault, string text)
    {
        Assert.False(CompactJws.TryRead(text, out _, out var found), fault);
        Assert.Equal(5, found.Step);
    }

    [Fact]
    public void A20_a_text_that_is_too_long_costs_no_memory()
    {
        var text = new string('A', 64 * 1024 * 1024);
        CompactJws.TryRead(text, out _, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(CompactJws.TryRead(text, out _, out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    [Fact]
    public void A_payload_too_large_and_a_typ_with_quotes_are_not_signed()
    {
        Assert.Throws<ArgumentException>(() => CompactJws.Sign(Ping, new byte[CompactJws.MaxLength], Keys.Alice));
        Assert.Throws<ArgumentException>(() => CompactJws.Sign("a\"b", "{}"u8, Keys.Alice));
    }

    [Fact]
    public async Task Many_threads_share_a_key()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(t => Task.Run(() => Enumerable.Range(0, 40).All(i =>
            CompactJws.TryRead(CompactJws.Sign(Ping, Keys.Utf8($"{t}.{i}"), Keys.Alice), out var jws, out _) && jws.IsSignedBy(Keys.Alice.Public)))));
        Assert.All(all, Assert.True);
    }
}

using MlatExchange.Protocol.Jose;

namespace MlatExchange.Specs.Protocol.Jose;

public sealed class CompactJweSpecs
{
    private const string Type = "mlat-sealed";
    private const string Content = "mlat-envelope+json";
    private static readonly byte[] Plain = Keys.Utf8("""{"message":"x"}""");
    private static readonly string Good = CompactJwe.Seal(Plain, Keys.Bob.Public, Type, Content, Keys.Drawn("seal"));
    private static readonly string[] Parts = Good.Split('.');
    private static readonly string Header = System.Text.Encoding.UTF8.GetString(Decode(Parts[0]));

    [Fact]
    public void What_was_sealed_opens_for_the_recipient_alone()
    {
        Assert.True(CompactJwe.TryOpen(Good, Type, Content, Keys.Bob, out var plaintext, out _));
        Assert.Equal(Plain, plaintext);
        Assert.False(CompactJwe.TryOpen(Good, Type, Content, Keys.Alice, out _, out var fault));
        Assert.Equal((3, JoseRule.KeyId), (fault.Step, fault.Rule));
        Assert.True(CompactJwe.TryRead(Good, Type, Content, out var jwe, out _));
        Assert.False(jwe.TryOpen(Keys.Alice, out _, out fault));
        Assert.Equal((4, JoseRule.DoesNotOpen), (fault.Step, fault.Rule));
    }

    [Fact]
    public void The_same_draws_give_the_same_text_and_other_draws_another()
    {
        Assert.Equal(Good, CompactJwe.Seal(Plain, Keys.Bob.Public, Type, Content, Keys.Drawn("seal")));
        var other = CompactJwe.Seal(Plain, Keys.Bob.Public, Type, Content, Keys.Drawn("other")).Split('.');
        Assert.All(Enumerable.Range(0, 5), i => Assert.NotEqual(Parts[i], other[i]));
    }

    [Fact]
    public void The_header_has_exactly_the_members_of_the_profile()
    {
        Assert.Matches(
            "^{\"alg\":\"ECDH-ES\\+A256KW\",\"enc\":\"A256GCM\",\"kid\":\"[\\w-]{43}\",\"epk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"[\\w-]{43}\",\"y\":\"[\\w-]{43}\"},"
            + "\"typ\":\"mlat-sealed\",\"cty\":\"mlat-envelope\\+json\"}$", Header);
    }

    [Fact]
    public void The_largest_plaintext_opens_and_a_larger_one_is_not_sealed()
    {
        var large = new byte[CompactJwe.MaxPlaintext];
        var text = CompactJwe.Seal(large, Keys.Bob.Public, Type, Content, Keys.Drawn("l"));
        Assert.True(CompactJwe.TryOpen(text, Type, Content, Keys.Bob, out var plaintext, out _));
        Assert.Equal(large, plaintext);
        Assert.Throws<ArgumentException>(() => CompactJwe.Seal(new byte[large.Length + 1], Keys.Bob.Public, Type, Content, Keys.Drawn("l")));
    }

    public static TheoryData<string, string, JoseRule> HostileHeaders() => new()
    {
        { "B1 RSA1_5", With("ECDH-ES+A256KW", "RSA1_5"), JoseRule.Algorithm },
        { "B1 dir", With("ECDH-ES+A256KW", "dir"), JoseRule.Algorithm },
        { "B1 PBES2", With("\"typ\"", "\"p2c\":2147483647,\"p2s\":\"AA\",\"typ\"").Replace("ECDH-ES+A256KW", "PBES2-HS512+A256KW", StringComparison.Ordinal), JoseRule.HeaderMembers },
        { "ECDH-ES direct", With("ECDH-ES+A256KW", "ECDH-ES"), JoseRule.Algorithm },
        { "enc A128GCM", With("A256GCM", "A128GCM"), JoseRule.Algorithm },
        { "enc CBC", With("A256GCM", "A256CBC-HS512"), JoseRule.Algorithm },
        { "B2 zip", With("\"typ\"", "\"zip\":\"DEF\",\"typ\""), JoseRule.HeaderMembers },
        { "crit", With("\"typ\"", "\"crit\":[\"x\"],\"typ\""), JoseRule.Critical },
        { "apu", With("\"typ\"", "\"apu\":\"AA\",\"typ\""), JoseRule.HeaderMembers },
        { "no typ", With(",\"typ\":\"mlat-sealed\"", ""), JoseRule.HeaderMembers },
        { "other typ", With("mlat-sealed", "JWT"), JoseRule.Type },
        { "other cty", With("mlat-envelope", "mlat-share"), JoseRule.Type },
        { "hostile kid", With(Keys.Bob.Thumbprint, "../../x"), JoseRule.KeyId },
        { "enc twice", With("\"typ\"", "\"enc\":\"A256GCM\",\"typ\""), JoseRule.DuplicateMember },
        { "x twice inside epk", With("\"crv\"", "\"kty\":\"EC\",\"crv\""), JoseRule.DuplicateMember },
        { "B4 epk on another curve", With("P-256", "P-384"), JoseRule.EphemeralKey },
        { "B4 epk with a private half", With("\"crv\"", "\"d\":\"AA\",\"crv\""), JoseRule.EphemeralKey },
        { "epk a string", With(Header[Header.IndexOf("{\"kty", StringComparison.Ordinal)..(Header.IndexOf('}', StringComparison.Ordinal) + 1)], "\"x\""), JoseRule.HeaderJson },
    };

    [Theory]
    [MemberData(nameof(HostileHeaders))]
    public void A_hostile_header_is_refused_in_step_two_before_any_key(string fault, string header, JoseRule rule)
    {
        Assert.NotEqual(Header, header);
        Assert.False(CompactJwe.TryRead(string.Join('.', [Keys.Part(header), .. Parts[1..]]), Type, Content, out _, out var found), fault);
        Assert.Equal((2, rule), (found.Step, found.Rule));
    }

    [Fact]
    public void B4_a_point_off_the_curve_gives_the_same_fault_as_changed_bytes()
    {
        var x = Keys.Json(Header).GetProperty("epk").GetProperty("x").GetString()!;
        Assert.Equal(Fault(Changed(0, Keys.Part(With(x, Keys.Alice.Thumbprint)))), Fault(Changed(3, Flip(Parts[3]))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_change_in_any_part_does_not_open(int part)
    {
        Assert.Equal((4, JoseRule.DoesNotOpen), (Fault(Changed(part, Flip(Parts[part]))).Step, Fault(Changed(part, Flip(Parts[part]))).Rule));
    }

    [Fact]
    public void The_header_is_authenticated()
    {
        var spaced = Changed(0, Keys.Part(Header.Replace(",\"typ\"", ", \"typ\"", StringComparison.Ordinal)));
        Assert.Equal(JoseRule.DoesNotOpen, Fault(spaced).Rule);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(12)]
    [InlineData(8)]
    [InlineData(4)]
    [InlineData(0)]
    public void B6_a_shortened_tag_is_refused_in_step_one(int bytes)
    {
        var fault = Fault(Changed(4, Base64Url.Encode(Decode(Parts[4]).AsSpan(..bytes))));
        Assert.Equal((1, JoseRule.Encoding), (fault.Step, fault.Rule));
    }

    [Fact]
    public void Broken_forms_are_refused_in_step_one()
    {
        string[] forms = ["", "a", Good + ".AA", Good + "=", string.Join('.', Parts[..4]), Changed(1, Parts[1] + "AA"), Changed(2, ""), Changed(3, "A"), new('A', CompactJwe.MaxLength + 1)];
        Assert.All(forms, form => Assert.Equal(1, Fault(form).Step));
    }

    [Fact]
    public void B2_a_bomb_is_refused_without_memory()
    {
        var bomb = Changed(0, Keys.Part(With("\"typ\"", "\"zip\":\"DEF\",\"typ\"")));
        bomb = bomb.Replace(Parts[3], new string('A', 137 * 1024), StringComparison.Ordinal);
        Fault(bomb);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(2, Fault(bomb).Step);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    private static JoseFault Fault(string text) =>
        CompactJwe.TryOpen(text, Type, Content, Keys.Bob, out _, out var fault) ? throw new InvalidOperationException("It opened.") : fault;

    private static string Changed(int part, string value) => string.Join('.', [.. Parts[..part], value, .. Parts[(part + 1)..]]);

    private static string With(string old, string replacement)
    {
        Assert.Contains(old, Header, StringComparison.Ordinal);
        return Header.Replace(old, replacement, StringComparison.Ordinal);
    }

    private static string Flip(string part)
    {
        var bytes = Decode(part);
        bytes[0] ^= 1;
        return Base64Url.Encode(bytes);
    }

    private static byte[] Decode(string part) => Base64Url.TryDecode(part, out var bytes) ? bytes : throw new FormatException();
}

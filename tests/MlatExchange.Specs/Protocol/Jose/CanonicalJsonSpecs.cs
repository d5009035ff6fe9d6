using System.Globalization;
using System.Text;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Specs.Protocol.Jose;

public sealed class CanonicalJsonSpecs
{
    /// <summary>RFC 8785 appendix B.</summary>
    public static TheoryData<string, string> Numbers() => new()
    {
        { "0000000000000000", "0" },
        { "8000000000000000", "0" },
        { "0000000000000001", "5e-324" },
        { "8000000000000001", "-5e-324" },
        { "7fefffffffffffff", "1.7976931348623157e+308" },
        { "ffefffffffffffff", "-1.7976931348623157e+308" },
        { "4340000000000000", "9007199254740992" },
        { "c340000000000000", "-9007199254740992" },
        { "4430000000000000", "295147905179352830000" },
        { "44b52d02c7e14af5", "9.999999999999997e+22" },
        { "44b52d02c7e14af6", "1e+23" },
        { "44b52d02c7e14af7", "1.0000000000000001e+23" },
        { "444b1ae4d6e2ef4e", "999999999999999700000" },
        { "444b1ae4d6e2ef4f", "999999999999999900000" },
        { "444b1ae4d6e2ef50", "1e+21" },
        { "3eb0c6f7a0b5ed8c", "9.999999999999997e-7" },
        { "3eb0c6f7a0b5ed8d", "0.000001" },
        { "41b3de4355555553", "333333333.3333332" },
        { "41b3de4355555554", "333333333.33333325" },
        { "41b3de4355555555", "333333333.3333333" },
        { "41b3de4355555556", "333333333.3333334" },
        { "41b3de4355555557", "333333333.33333343" },
        { "becbf647612f3696", "-0.0000033333333333333333" },
        { "43143ff3c1cb0959", "1424953923781206.2" },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Numbers_are_written_as_ECMAScript_writes_them(string ieee, string text)
    {
        Span<byte> to = stackalloc byte[32];
        var value = BitConverter.UInt64BitsToDouble(ulong.Parse(ieee, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        Assert.Equal(text, Encoding.ASCII.GetString(to[..EcmaScriptNumber.Format(value, to)]));
    }

    [Fact]
    public void Random_numbers_read_back_the_same()
    {
        Span<byte> to = stackalloc byte[32];
        var random = new Random(1);
        var wrong = new List<double>();
        for (var i = 0; i < 50_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            var text = double.IsFinite(value) ? to[..EcmaScriptNumber.Format(value, to)] : default;
            if (text.Length > 0 && (text.Contains((byte)'E') || !(double.Parse(text, CultureInfo.InvariantCulture) == value)))
            {
                wrong.Add(value);
            }
        }
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("""{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}""",
        """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""")]
    [InlineData("""{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}""",
        "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\uFB33\":3}")]
    [InlineData("""{"b":{"z":[],"a":{}},"a":[ 56, {"d":true,"10":null,"1":[]} ]}""", """{"a":[56,{"1":[],"10":null,"d":true}],"b":{"a":{},"z":[]}}""")]
    [InlineData("""["\u0000\u001f\u007f\b\f\t\u2028</script>"]""", "[\"\\u0000\\u001f\u007f\\b\\f\\t\u2028</script>\"]")]
    [InlineData("[-0, -0.0, 9007199254740992, -9007199254740992, 1e15, 1e21]", "[0,0,9007199254740992,-9007199254740992,1000000000000000,1e+21]")]
    [InlineData("""{"":1,"a":2,"A":3,"aa":4}""", """{"":1,"A":3,"a":2,"aa":4}""")]
    public void Texts_are_written_as_the_RFC_says(string text, string canonical) =>
        Assert.Equal(canonical, Encoding.UTF8.GetString(CanonicalJson.Of(Keys.Json(text))));

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("-9007199254740993")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("1e400")]
    [InlineData("""["\ud800"]""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("""{"a":1,"\u0061":1}""")]
    public void What_has_no_canonical_form_is_refused(string text) => Assert.Throws<FormatException>(() => CanonicalJson.Of(Keys.Json(text)));

    [Fact]
    public void A_value_is_written_with_the_names_and_forms_of_the_wire()
    {
        var value = new { Seq = 2, IssuedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)), Digest = Digest.Of("a"u8) };
        Assert.Equal(
            """{"digest":"sha-256:ypeBEsobvcr6wjGzmiPcTaeG7_gUfE5yuYB3ha_uSLs","issuedAt":"2026-01-02T02:04:05.000Z","seq":2}""",
            Encoding.UTF8.GetString(CanonicalJson.Of(value)));
    }
}

using MlatExchange.Protocol.Jose;

namespace MlatExchange.Specs.Protocol.Jose;

public sealed class StrictJsonSpecs
{
    private sealed record Sample(string Name, int? Count, IReadOnlyList<Sample> Items);

    public static TheoryData<string, JsonRule, string> Texts() => new()
    {
        { "", JsonRule.NotJson, "" },
        { "{", JsonRule.NotJson, "" },
        { """{"a":1,}""", JsonRule.NotJson, "/a" },
        { """{"a":1}x""", JsonRule.TrailingBytes, "" },
        { """{"a":1}{}""", JsonRule.TrailingBytes, "" },
        { "{\"a\":1}\n", JsonRule.TrailingBytes, "" },
        { "{\"a\":1}\0", JsonRule.TrailingBytes, "" },
        { """{/**/"a":1}""", JsonRule.NotJson, "" },
        { """{'a':1}""", JsonRule.NotJson, "" },
        { """{"a":01}""", JsonRule.NotJson, "/a" },
        { """{"a":NaN}""", JsonRule.NotJson, "/a" },
        { """{"a":1,"a":2}""", JsonRule.DuplicateMember, "/a" },
        { """{"a":1,"\u0061":2}""", JsonRule.DuplicateMember, "/a" },
        { """{"x":[{"b":{}},{"b":1,"c":2,"b":3}]}""", JsonRule.DuplicateMember, "/x/1/b" },
        { """{"a/b":{"c~":1,"c~":1}}""", JsonRule.DuplicateMember, "/a~1b/c~0" },
        { """{"a":"\ud800"}""", JsonRule.LoneSurrogate, "/a" },
        { """{"a":"\udc00\ud800"}""", JsonRule.LoneSurrogate, "/a" },
        { """["x","\ud800\u0041"]""", JsonRule.LoneSurrogate, "/1" },
        { """{"ok":1,"\udfff":1}""", JsonRule.LoneSurrogate, "/ok" },
        { "\uFEFF{}", JsonRule.ByteOrderMark, "" },
        { Nested(33), JsonRule.TooDeep, string.Concat(Enumerable.Repeat("/0", 32)) },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_with_more_than_one_reading_is_refused_where_it_goes_wrong(string text, JsonRule rule, string pointer) =>
        Assert.Equal(new JsonFault(rule, pointer), StrictJson.Check(Keys.Utf8(text)));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"a":{"a":[{"a":1},{"a":2}]},"b":"\ud83d\ude00 \u0000 €","c":[null,true,-1.5e-7]}""")]
    [InlineData("null")]
    public void A_text_with_one_reading_is_read(string text) => Assert.Null(StrictJson.Check(Keys.Utf8(text)));

    [Fact]
    public void A20_thirty_two_levels_are_read_and_one_more_is_not()
    {
        Assert.Null(StrictJson.Check(Keys.Utf8(Nested(32))));
        Assert.Equal(JsonRule.TooDeep, StrictJson.Check(Keys.Utf8(Nested(10_000)))!.Rule);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused()
    {
        byte[][] texts = [[(byte)'"', 0xFF, (byte)'"'], [(byte)'"', 0xC0, 0x80, (byte)'"'], [(byte)'"', 0xED, 0xA0, 0x80, (byte)'"'], [0xEF]];
        Assert.All(texts, text => Assert.Equal(JsonRule.NotUtf8, StrictJson.Check(text)!.Rule));
    }

    [Fact]
    public void The_size_is_checked_first_and_exactly()
    {
        Assert.Null(StrictJson.Check(Keys.Utf8("\"" + new string('a', StrictJson.MaxBytes - 2) + "\"")));
        Assert.Equal(JsonRule.TooLarge, StrictJson.Check(new byte[StrictJson.MaxBytes + 1])!.Rule);
    }

    [Fact]
    public void Duplicates_belong_to_step_six_and_all_else_to_step_five()
    {
        Assert.Equal(6, StrictJson.Check(Keys.Utf8("""{"a":1,"a":1}"""))!.Step);
        Assert.Equal(5, StrictJson.Check(Keys.Utf8("{"))!.Step);
    }

    [Fact]
    public void Ten_thousand_members_do_not_take_long()
    {
        var text = Keys.Utf8("{" + string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"m{i}\":1")) + ",\"m7\":1}");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(new JsonFault(JsonRule.DuplicateMember, "/m7"), StrictJson.Check(text));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5); // it takes milliseconds; a quadratic search would take minutes
    }

    public static TheoryData<string, string> Shapes() => new()
    {
        { """{"name":"a","count":1,"items":[],"more":1}""", "/more" },
        { """{"name":"a","items":[]}""", "" },
        { """{"name":null,"count":1,"items":[]}""", "/name" },
        { """{"name":"a","count":"1","items":[]}""", "/count" },
        { """{"Name":"a","count":1,"items":[]}""", "/Name" },
        { """{"name":"a","count":1,"items":[null]}""", "/items/0" },
        { """{"name":"a","count":1,"items":[{"name":"b","count":2,"items":[{"name":1,"count":3,"items":[]}]}]}""", "/items/0/items/0/name" },
        { """{"name":"a","count":1,"items":[],"a.b[0]'":1}""", "/a.b[0]'" },
        { "null", "" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_typed_text_is_refused_at_the_member_that_does_not_fit(string text, string pointer)
    {
        Assert.False(StrictJson.TryRead<Sample>(Keys.Utf8(text), out _, out var fault));
        Assert.Equal(new JsonFault(JsonRule.Shape, pointer), fault);
    }

    [Fact]
    public void A_typed_text_is_read_with_nulls_only_where_they_are_declared()
    {
        Assert.True(StrictJson.TryRead<Sample>(Keys.Utf8("""{"name":"null","count":null,"items":[]}"""), out var sample, out _));
        Assert.Null(sample.Count);
        Assert.False(StrictJson.TryRead<Sample>(Keys.Utf8("""{"name":"a","count":1,"count":2,"items":[]}"""), out _, out var fault));
        Assert.Equal(new JsonFault(JsonRule.DuplicateMember, "/count"), fault);
    }

    [Fact]
    public void A_pointer_cannot_break_a_log_line()
    {
        var fault = StrictJson.Check(Keys.Utf8($$"""{"a\r\n\u202e{{new string('b', 5000)}}":1,"a\r\n\u202e{{new string('b', 5000)}}":1}"""))!;
        Assert.StartsWith("/a???b", fault.JsonPointer, StringComparison.Ordinal);
        Assert.Equal(200, fault.JsonPointer.Length);
    }

    private static string Nested(int levels) => new string('[', levels) + new string(']', levels);
}

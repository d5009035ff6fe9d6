using System.Text.Json;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Specs.Protocol.Jose;

namespace MlatExchange.Specs.Protocol.Messages;

public class DisclosureSpecs
{
    [Fact]
    public void A_disclosure_is_base64url_of_salt_name_and_value_and_its_digest_is_over_those_characters()
    {
        var (digests, texts) = Make("i1");
        Assert.True(Base64Url.TryDecode(texts[0], out var bytes));
        var array = Acts.Json(System.Text.Encoding.UTF8.GetString(bytes));
        Assert.Equal(22, array[0].GetString()!.Length);
        Assert.Equal("i1", array[1].GetString());
        Assert.Contains(Base64Url.Encode(System.Security.Cryptography.SHA256.HashData(Keys.Utf8(texts[0]))), digests.Sd);
    }

    [Fact]
    public void The_digest_of_the_example_in_the_standard_is_found()
    {
        // RFC 9901 section 4.2.3.
        Assert.Equal("X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0", Disclosures.DigestOf("WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"));
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, 4)]
    [InlineData(5, 8)]
    [InlineData(16, 16)]
    [InlineData(17, 32)]
    [InlineData(33, 64)]
    public void Decoys_hide_how_many_values_there_are(int values, int digests)
    {
        var made = Make([.. Enumerable.Range(0, values).Select(i => $"i{i}")]);
        Assert.Equal(digests, made.Digests.Sd.Distinct().Count());
        Assert.Equal(made.Digests.Sd.Order(StringComparer.Ordinal), made.Digests.Sd);
        Assert.Equal(values, made.Texts.Count);
    }

    [Fact]
    public void A_value_is_found_under_the_object_that_names_it()
    {
        var (digests, texts) = Make("i1", "i2");
        Assert.Null(Disclosures.Resolve([Payload(digests)], [texts[1]], out var disclosed));
        Assert.Equal(("/selectors", "i2"), (disclosed[0].Single().JsonPointer, disclosed[0].Single().Name));
    }

    [Fact]
    public void Each_way_to_cheat_is_refused_by_name()
    {
        var (digests, texts) = Make("i1");
        var payload = Payload(digests);
        Assert.Equal("disclosure-unnamed", Refused([payload], [texts[0], texts[0]]));
        Assert.Equal("disclosure-unnamed", Refused([payload], [Encoded("""["AAAAAAAAAAAAAAAAAAAAAA","i9",1]""")]));
        Assert.Equal("disclosure-form", Refused([payload], [texts[0] + "="]));
        Assert.Equal("disclosure-form", Refused([payload], [Encoded("""["short","i1",1]""")]));
        Assert.Equal("disclosure-form", Refused([payload], [Encoded("""["AAAAAAAAAAAAAAAAAAAAAA",1]""")]));
        Assert.Equal("disclosure-repeated", Refused([payload, Payload(digests)], []));
        Assert.Equal("wrong-length", Refused([Payload(new Selective([.. digests.Sd, .. Make("x").Digests.Sd.Take(1)]))], []));
    }

    [Fact]
    public void A_value_inside_a_value_is_refused()
    {
        var nested = Encoded("""["AAAAAAAAAAAAAAAAAAAAAA","i1",{"a":[{"_sd":["x"]}]}]""");
        Assert.Equal("disclosure-nested", Refused([Naming(nested)], [nested]));
    }

    [Fact]
    public void A_value_whose_name_also_stands_in_clear_is_refused()
    {
        var clear = Encoded("""["AAAAAAAAAAAAAAAAAAAAAA","_sd",1]""");
        Assert.Equal("disclosure-clear-too", Refused([Naming(clear)], [clear]));
    }

    [Fact]
    public void Two_values_under_one_name_are_refused()
    {
        var (one, two) = (Encoded("""["AAAAAAAAAAAAAAAAAAAAAA","i1",1]"""), Encoded("""["BAAAAAAAAAAAAAAAAAAAAA","i1",2]"""));
        Assert.Equal("disclosure-repeated", Refused([Naming(one, two)], [one, two]));
    }

    private static (Selective Digests, IReadOnlyList<string> Texts) Make(params string[] names) =>
        Disclosures.Make(Keys.Drawn("disclosures"), names.ToDictionary(name => name, name => Acts.Json((object)("value of " + name))));

    private static JsonElement Payload(Selective selective) => Acts.Json(new Dictionary<string, object> { ["selectors"] = selective, ["n"] = 1 });

    private static JsonElement Naming(params string[] disclosures) =>
        Payload(new Selective([.. disclosures.Select(Disclosures.DigestOf), .. Make("d1", "d2", "d3", "d4").Digests.Sd.Take(4 - disclosures.Length)]));

    private static string Encoded(string json) => Keys.Part(json);

    private static string? Refused(IReadOnlyList<JsonElement> payloads, IReadOnlyList<string> disclosures) =>
        Disclosures.Resolve(payloads, disclosures, out _)?.Rule;
}

using System.Text.Json;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Trust;
using MlatExchange.Specs.Deploy;
using MlatExchange.Specs.Protocol.Jose;

namespace MlatExchange.Specs.Protocol.Trust;

/// <summary>The example and the schemas that others implement against.</summary>
public sealed class TrustContractSpecs
{
    [Fact]
    public void The_published_example_is_taken_in_without_a_fault()
    {
        Assert.True(TrustAnchors.TryRead(Keys.Utf8(Tree.Read("contracts/trust/anchors.example.json")), out var anchors, out _));
        var signed = Tree.Read("contracts/trust/trust-list.example.jwt").Trim();
        var trust = TrustSnapshot.Build(anchors, [signed], Lists.Now);
        Assert.Empty(trust.Faults);
        Assert.Equal("xa-prosecutor", trust.Authorities("XA")[0].Code);

        Assert.True(CompactJws.TryRead(signed, TrustList.Type, out var jws, out _));
        Assert.Equal(CanonicalJson.Of(Keys.Json(Tree.Read("contracts/trust/trust-list.example.json"))), CanonicalJson.Of(Keys.Json(System.Text.Encoding.UTF8.GetString(jws.Payload.Span))));
    }

    [Theory]
    [InlineData("contracts/trust/trust-list.schema.json", "contracts/trust/trust-list.example.json")]
    [InlineData("contracts/trust/anchors.schema.json", "contracts/trust/anchors.example.json")]
    public void The_schema_names_exactly_the_members_of_the_example_at_every_depth(string schema, string example)
    {
        var root = Keys.Json(Tree.Read(schema));
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", root.GetProperty("$schema").GetString());
        Follow(root, root, Keys.Json(Tree.Read(example)), "");
    }

    private static void Follow(JsonElement root, JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            schema = root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]);
        }
        if (value.ValueKind == JsonValueKind.Array)
        {
            Assert.NotEqual(0, value.GetArrayLength()); // an example without items shows nothing
            Assert.All(value.EnumerateArray(), item => Follow(root, schema.GetProperty("items"), item, at + "/items"));
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            Assert.False(schema.GetProperty("additionalProperties").GetBoolean(), at);
            var properties = schema.GetProperty("properties");
            var present = value.EnumerateObject().Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
            Assert.All(present, name => Assert.True(properties.TryGetProperty(name, out _), at + "/" + name));
            Assert.All(schema.GetProperty("required").EnumerateArray(), name => Assert.Contains(name.GetString()!, present));
            Assert.All(value.EnumerateObject(), member => Follow(root, properties.GetProperty(member.Name), member.Value, at + "/" + member.Name));
        }
        else if (schema.TryGetProperty("pattern", out var pattern))
        {
            Assert.Matches(pattern.GetString()!, value.GetString()!);
        }
        else if (schema.TryGetProperty("enum", out var allowed))
        {
            Assert.Contains(value.GetString(), allowed.EnumerateArray().Select(a => a.GetString()));
        }
    }
}

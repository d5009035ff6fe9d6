using System.Text.Json;
using MlatExchange.Specs.Deploy;
using MlatExchange.Specs.Protocol.Jose;

namespace MlatExchange.Specs.Protocol;

/// <summary>Holds a published JSON Schema (2020-12) against a published example: the same members at every depth, patterns and sets that hold.</summary>
internal static class SchemaAgrees
{
    /// <summary>Both by their path in the repository; lists of the example may be empty only where it is said, because an empty list shows nothing.</summary>
    public static void With(string schema, string example, params string[] mayBeEmpty)
    {
        var root = Keys.Json(Tree.Read(schema));
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", root.GetProperty("$schema").GetString());
        Follow(root, root, Keys.Json(Tree.Read(example)), "", mayBeEmpty);
    }

    private static void Follow(JsonElement root, JsonElement schema, JsonElement value, string at, string[] mayBeEmpty)
    {
        if (schema.ValueKind == JsonValueKind.True)
        {
            return; // anything goes
        }
        if (schema.TryGetProperty("$ref", out var reference))
        {
            schema = root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]);
        }
        if (value.ValueKind == JsonValueKind.Array)
        {
            Assert.True(value.GetArrayLength() > 0 || mayBeEmpty.Contains(at), at);
            Assert.All(value.EnumerateArray(), item => Follow(root, schema.GetProperty("items"), item, at + "/items", mayBeEmpty));
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            var open = schema.GetProperty("additionalProperties");
            var properties = schema.GetProperty("properties");
            var present = value.EnumerateObject().Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
            Assert.All(present, name => Assert.True(open.ValueKind != JsonValueKind.False || properties.TryGetProperty(name, out _), at + "/" + name));
            Assert.All(schema.GetProperty("required").EnumerateArray(), name => Assert.Contains(name.GetString()!, present));
            Assert.All(value.EnumerateObject(), member => Follow(root, properties.TryGetProperty(member.Name, out var own) ? own : open, member.Value, at + "/" + member.Name, mayBeEmpty));
        }
        else if (schema.TryGetProperty("pattern", out var pattern))
        {
            Assert.True(value.ValueKind == JsonValueKind.Null || System.Text.RegularExpressions.Regex.IsMatch(value.GetString()!, pattern.GetString()!), at);
        }
        else if (schema.TryGetProperty("enum", out var allowed))
        {
            Assert.Contains(value.GetString(), allowed.EnumerateArray().Select(a => a.GetString()));
        }
    }
}

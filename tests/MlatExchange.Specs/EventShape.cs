using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using MlatExchange.Domain;

namespace MlatExchange.Specs;

/// <summary>Compares shapes of events (the schemas that the serialiser exports), and JSON with a shape.</summary>
internal static class EventShape
{
    private static readonly JsonSchemaExporterOptions Exporting = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = (context, node) => Told(context.TypeInfo.Type, node) };

    /// <summary>The shape of an event as JSON Schema 2020-12.</summary>
    public static JsonObject Of(Type type, string name)
    {
        var shape = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = name };
        foreach (var (keyword, value) in EventJson.Options.GetJsonSchemaAsNode(type, Exporting).AsObject()) shape[keyword] = value?.DeepClone();
        return shape;
    }

    /// <summary>Where <paramref name="now"/> is more than <paramref name="frozen"/> with optional members and codes added.</summary>
    public static List<string> Faults(JsonNode frozen, JsonNode now)
    {
        var faults = new List<string>();
        Compare(frozen, now, "", faults);
        return faults;
    }

    /// <summary>Where a reader that knows only this shape would miss a member or find one of another kind.</summary>
    public static List<string> Misfits(JsonNode shape, JsonNode? written)
    {
        var misfits = new List<string>();
        Fit(shape, written, "", misfits);
        return misfits;
    }

    // What the serialiser does and its schema leaves out: members that are null are absent, and these types are written as texts.
    private static JsonNode Told(Type type, JsonNode node)
    {
        if (node is not JsonObject shape)
        {
            return Nullable.GetUnderlyingType(type) is { } inner && inner == typeof(DateTimeOffset) ? new JsonObject { ["type"] = new JsonArray("string", "null"), ["format"] = "date-time" }
                : type == typeof(DateTimeOffset) ? new JsonObject { ["type"] = "string", ["format"] = "date-time" }
                : type == typeof(OfficialId) ? new JsonObject { ["type"] = "string" }
                : node;
        }
        shape.Remove("default");
        shape.Remove("required");
        if (shape["properties"] is JsonObject members && members.Where(member => !MayBeNull(member.Value!)).Select(member => (JsonNode)member.Key).ToArray() is { Length: > 0 } needed)
            shape["required"] = new JsonArray(needed);
        return shape;
    }

    private static void Compare(JsonNode frozen, JsonNode now, string at, List<string> faults)
    {
        if (frozen is not JsonObject before || now is not JsonObject after)
        {
            if (!JsonNode.DeepEquals(frozen, now)) faults.Add($"{at}: another shape");
            return;
        }
        foreach (var keyword in before.Select(pair => pair.Key).Union(after.Select(pair => pair.Key)).ToList())
        {
            if (keyword == "required") continue; // says again what the types of the members say
            var (old, fresh) = (before[keyword], after[keyword]);
            if (old is null || fresh is null)
                faults.Add($"{at}: {keyword} {(old is null ? "came" : "went")}");
            else if (keyword == "properties")
                CompareMembers(old.AsObject(), fresh.AsObject(), at, faults);
            else if (keyword == "enum")
                faults.AddRange(old.AsArray().Where(code => !fresh.AsArray().Any(other => JsonNode.DeepEquals(code, other))).Select(code => $"{at}: the code {code} went"));
            else if (keyword == "anyOf" && old is JsonArray some && fresh is JsonArray more && some.Count <= more.Count)
                foreach (var (one, other) in some.Zip(more)) Compare(one!, other!, at, faults);
            else if (keyword is "items" or "additionalProperties")
                Compare(old, fresh, $"{at}/*", faults);
            else if (!JsonNode.DeepEquals(old, fresh))
                faults.Add($"{at}: {keyword} was {old.ToJsonString()}, is {fresh.ToJsonString()}");
        }
    }

    private static void CompareMembers(JsonObject before, JsonObject after, string at, List<string> faults)
    {
        foreach (var (name, shape) in before)
        {
            if (after[name] is { } still) Compare(shape!, still, $"{at}/{name}", faults);
            else faults.Add($"{at}/{name}: went");
        }
        faults.AddRange(after.Where(added => !before.ContainsKey(added.Key) && !MayBeNull(added.Value!)).Select(added => $"{at}/{added.Key}: came and is not optional"));
    }

    private static void Fit(JsonNode? shape, JsonNode? written, string at, List<string> misfits)
    {
        if (shape is not JsonObject known) return;
        if (known["type"] is { } type && !Kinds(type).Contains(Kind(written)) && !(Kind(written) == "integer" && Kinds(type).Contains("number")))
        {
            misfits.Add($"{at}: {Kind(written)}");
            return;
        }
        if (known["properties"] is JsonObject members && written is JsonObject given)
        {
            foreach (var (name, member) in members)
            {
                if (given.ContainsKey(name)) Fit(member, given[name], $"{at}/{name}", misfits);
                else if (!MayBeNull(member!)) misfits.Add($"{at}/{name}: missing");
            }
        }
        if (known["items"] is { } item && written is JsonArray list)
            for (var i = 0; i < list.Count; i++) Fit(item, list[i], $"{at}/{i}", misfits);
    }

    // A shape without a type is that of a converter, which says nothing: such a member is taken to be needed only where nothing else says that it may be absent.
    private static bool MayBeNull(JsonNode shape) => shape is not JsonObject known || (known["type"] is { } type ? Kinds(type).Contains("null") : known["enum"]?.AsArray().Any(code => code is null) ?? true);

    private static string[] Kinds(JsonNode type) => type is JsonArray several ? [.. several.Select(kind => kind!.GetValue<string>())] : [type.GetValue<string>()];

    private static string Kind(JsonNode? written) => written?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => written!.ToJsonString().AsSpan().IndexOfAny('.', 'e', 'E') < 0 ? "integer" : "number",
    };
}

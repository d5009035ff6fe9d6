using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlatExchange.Cli.Health;

/// <summary>Copies what stays of a resource. Only what is on the allow-list is copied, so what nobody thought of does not stay.</summary>
internal sealed class Minimisation(R4Structure r4, HealthProfile profile, HealthAsked asked, PersonsBundle bundle, IReadOnlyList<KeptResource> kept, List<HealthFault> faults, Removals removals)
{
    private static readonly HashSet<string> None = [];
    private readonly Dictionary<PersonsBundle.Entry, string> addresses = kept.ToDictionary(resource => resource.Entry, resource => HealthBundle.Address(asked, resource.Id));
    private readonly bool shifts = asked.Options.Any(option => profile.Options[option].Dates == "shift");

    /// <summary>Values that a list of codes does not close, with their places: what hides anywhere, hides in these.</summary>
    internal List<(string Pointer, string Text)> Open { get; } = [];

    /// <summary>A resource with what stays of it.</summary>
    internal JsonObject Resource(KeptResource resource)
    {
        var output = new JsonObject { ["resourceType"] = resource.Entry.Type, ["id"] = resource.Id, ["meta"] = HealthBundle.Meta(profile, asked) };
        if (resource.Entry.Type == "Patient")
        {
            output["identifier"] = new JsonArray(new JsonObject { ["system"] = "urn:mlat-exchange:id:person", ["value"] = asked.Person });
        }
        foreach (var (name, value) in Members(resource.Entry.Resource, resource.Entry.Type, resource.Elements, "", resource.Entry.Type, resource.Entry.Pointer))
        {
            output[name] = value;
        }
        return output;
    }

    /// <param name="elements">What stays: names of a datatype, or of a resource with dots.</param>
    /// <param name="prefix">Where in the resource it is, for the dotted names.</param>
    private List<(string Name, JsonNode Value)> Members(JsonElement value, string type, IReadOnlySet<string> elements, string prefix, string path, string pointer)
    {
        var members = new List<(string Name, JsonNode Value)>();
        foreach (var given in value.EnumerateObject().Where(given => !given.NameEquals("resourceType")))
        {
            var name = given.Name;
            if (name[0] == '_')
            {
                removals.Add($"{path}.{name[1..]}", RemovalRule.Extension);
                continue;
            }
            var member = r4.Find(type, name)!;
            var (at, there) = ($"{path}.{name}", $"{pointer}/{name}");
            JsonNode? copy = null;
            if (elements.Contains(prefix + name))
            {
                copy = Copies(given.Value, member, None, "", at, there);
            }
            else if (elements.Any(element => element.StartsWith($"{prefix}{name}.", StringComparison.Ordinal)))
            {
                copy = Copies(given.Value, member, elements, $"{prefix}{name}.", at, there);
            }
            else
            {
                removals.Add(at, Rule(member), given.Value.ValueKind == JsonValueKind.Array ? given.Value.GetArrayLength() : 1);
            }
            if (copy is not null)
            {
                members.Add((name, copy));
            }
            else if (member.Modifier && type != "Patient")
            {
                // Without it the rest would say something else. What modifies a Patient is about the record, not about the person's health.
                faults.Add(new(HealthRule.CannotMinimise, there));
            }
        }
        Mask(value, type, members);
        var missing = r4.Required(type).Where(required => !members.Exists(member => r4.Find(type, member.Name)!.Element == required));
        if (members.Count > 0) faults.AddRange(missing.Select(required => new HealthFault(HealthRule.CannotMinimise, $"{pointer}/{required}")));
        return members;
    }

    private JsonNode? Copies(JsonElement value, R4Member member, IReadOnlySet<string> elements, string prefix, string path, string pointer)
    {
        if (!member.Many)
        {
            return Copy(value, member, elements, prefix, path, pointer);
        }
        var copies = value.EnumerateArray().Select((item, index) => Copy(item, member, elements, prefix, path, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}"))).OfType<JsonNode>().ToArray();
        return copies.Length == 0 ? null : new JsonArray(copies);
    }

    private JsonNode? Copy(JsonElement value, R4Member member, IReadOnlySet<string> elements, string prefix, string path, string pointer)
    {
        if (member.IsPrimitive)
        {
            return value.ValueKind == JsonValueKind.Null ? null : Primitive(value, member, path, pointer);
        }
        if (member.Type.Contains('.', StringComparison.Ordinal))
        {
            return Object(Members(value, member.Type, elements, prefix, path, pointer));
        }
        if (Removed(value, member.Type) is { } rule)
        {
            removals.Add(path, rule);
            return null;
        }
        if (member.Type == "Reference")
        {
            foreach (var given in value.EnumerateObject().Where(given => !given.NameEquals("reference"))) removals.Add($"{path}.{given.Name.TrimStart('_')}", RemovalRule.FreeText);
            return new JsonObject { ["reference"] = addresses[bundle.Target(value)!] };
        }
        var members = Members(value, member.Type, profile.Types[member.Type].ToHashSet(StringComparer.Ordinal), "", path, pointer);
        if (profile.Needs.GetValueOrDefault(member.Type) is { } needs && needs.Any(need => value.TryGetProperty(need, out _) && !members.Exists(each => each.Name == need)))
        {
            removals.Add(path, RemovalRule.UncodedQuantity);
            return null;
        }
        return Object(members);
    }

    /// <summary>Why a whole value of a datatype goes; null where parts of it may stay.</summary>
    private RemovalRule? Removed(JsonElement value, string type)
    {
        string? Text(string name) => value.TryGetProperty(name, out var found) ? found.GetString() : null;

        switch (type)
        {
            case "Reference":
                return bundle.Target(value) is { } target && addresses.ContainsKey(target) ? null : RemovalRule.TargetRemoved;
            case "Coding":
                return Text("system") is { } system && Text("code") is { } code && profile.Keeps(system, code, out _) ? null : RemovalRule.UnlistedCode;
            case "Quantity" or "Age" when Text("unit") is null && Text("code") is null && Text("system") is null:
                return type == "Age" ? RemovalRule.UncodedQuantity : null;
            case "Quantity" or "Age":
                return Text("system") is not { } units || Text("code") is not { } unit || !profile.Keeps(units, unit, out _) ? RemovalRule.UncodedQuantity
                    : type == "Age" && Years(value, unit) > profile.OldestAge ? RemovalRule.AgeOverLimit : null;
            default:
                return null;
        }
    }

    private static double Years(JsonElement age, string unit) => !age.TryGetProperty("value", out var number) ? 0
        : number.GetDouble() / unit switch { "a" => 1, "mo" => 12, "wk" => 52, "d" => 365, _ => double.PositiveInfinity };

    private JsonValue? Primitive(JsonElement value, R4Member member, string path, string pointer)
    {
        if (R4Primitive.IsDate(member.Type))
        {
            return Date(value.GetString()!, path, pointer);
        }
        switch (member.Type)
        {
            case "uri" when path.EndsWith(".system", StringComparison.Ordinal):
            case "boolean":
            case "code" when member.Values is not null:
                break;
            case "code":
            case "time":
                Open.Add((pointer, value.GetString()!));
                break;
            case var number when R4Primitive.IsNumber(number):
                Open.Add((pointer, value.GetRawText()));
                break;
            default:
                throw new InvalidOperationException($"The list of what may stay has free text: {path}.");
        }
        return JsonValue.Create(value.Clone());
    }

    private JsonValue? Date(string text, string path, string pointer)
    {
        ClinicalTime.TryRead(text, out var time);
        var moved = shifts ? time.Shifted(asked.ShiftDays) : text;
        if (moved is null)
        {
            faults.Add(new(HealthRule.DateOutOfRange, pointer));
            return null;
        }
        if (path != "Patient.birthDate")
        {
            Open.Add((pointer, moved));
            return JsonValue.Create(moved);
        }
        if (asked.At.Year - time.First.Year > profile.OldestAge)
        {
            removals.Add(path, RemovalRule.AgeOverLimit);
            return null;
        }
        if (time.Parts > 1) removals.Add(path, RemovalRule.YearOnly);
        return JsonValue.Create(moved[..4]);
    }

    // A value that was there and may not stay leaves its mark, so that nobody takes it for one that was never found.
    private void Mask(JsonElement value, string type, List<(string Name, JsonNode Value)> members)
    {
        bool IsValue(string name) => r4.Find(type, name) is { Element: "value[x]" };

        if (r4.Find(type, "dataAbsentReason") is not null && value.EnumerateObject().Any(given => IsValue(given.Name))
            && !members.Exists(member => IsValue(member.Name) || member.Name == "dataAbsentReason"))
        {
            var masked = new JsonObject { ["system"] = "http://terminology.hl7.org/CodeSystem/data-absent-reason", ["code"] = "masked" };
            members.Add(("dataAbsentReason", new JsonObject { ["coding"] = new JsonArray(masked) }));
        }
    }

    private static JsonObject? Object(List<(string Name, JsonNode Value)> members) =>
        members.Count == 0 ? null : new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Value)));

    private static RemovalRule Rule(R4Member member) => member.Type switch
    {
        "Resource" => RemovalRule.Contained,
        "Narrative" => RemovalRule.Narrative,
        "Extension" => RemovalRule.Extension,
        "Attachment" or "base64Binary" => RemovalRule.Attachment,
        "Identifier" or "HumanName" or "Address" or "ContactPoint" => RemovalRule.Identifier,
        "string" when member.Name == "id" => RemovalRule.Identifier,
        "string" or "markdown" or "Annotation" => RemovalRule.FreeText,
        _ => RemovalRule.NotAsked,
    };
}

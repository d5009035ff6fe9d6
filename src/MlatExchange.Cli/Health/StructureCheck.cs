using System.Globalization;
using System.Text.Json;

namespace MlatExchange.Cli.Health;

/// <summary>Whether a bundle has the structure of R4: known elements, how often, of which type, format and closed code lists. All faults, in the order of the text.</summary>
/// <remarks>
/// Resources that no option can keep are looked at from outside only, since they are removed whole. Invariants (FHIRPath) are not evaluated. Contents of contained resources are not walked: they are removed.
/// </remarks>
internal sealed class StructureCheck(R4Structure r4)
{
    private const int MostEntries = 10_000;
    private const int MostFaults = 50;

    private readonly List<HealthFault> faults = [];

    internal static IReadOnlyList<HealthFault> Of(R4Structure r4, JsonElement bundle)
    {
        var check = new StructureCheck(r4);
        check.Bundle(bundle);
        return check.faults;
    }

    private void Bundle(JsonElement bundle)
    {
        if (TypeOf(bundle) != "Bundle")
        {
            Fault(HealthRule.NotABundle, "");
            return;
        }
        if (bundle.TryGetProperty("entry", out var entries) && entries.ValueKind == JsonValueKind.Array && entries.GetArrayLength() > MostEntries)
        {
            Fault(HealthRule.TooManyEntries, "/entry");
            return;
        }
        Object(bundle, "Bundle", "", isResource: true);
        if (bundle.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() is not ("collection" or "document" or "searchset"))
        {
            Fault(HealthRule.BundleType, "/type");
        }
    }

    /// <summary>The type of a resource; null for what is none.</summary>
    internal static string? TypeOf(JsonElement resource) =>
        resource.ValueKind == JsonValueKind.Object && resource.TryGetProperty("resourceType", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private void Resource(JsonElement resource, string pointer)
    {
        if (TypeOf(resource) is not { } type || !r4.IsResource(type))
        {
            Fault(HealthRule.UnknownResource, pointer);
        }
        else if (r4.Knows(type) && type != "Bundle")
        {
            Object(resource, type, pointer, isResource: true);
        }
    }

    private void Object(JsonElement value, string type, string pointer, bool isResource = false)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Fault(HealthRule.Format, pointer);
            return;
        }
        var there = new HashSet<string>(StringComparer.Ordinal);
        var position = 0;
        foreach (var member in value.EnumerateObject())
        {
            position++;
            if (faults.Count >= MostFaults || (isResource && member.NameEquals("resourceType")))
            {
                continue;
            }
            var companion = member.Name.StartsWith('_');
            var found = r4.Find(type, companion ? member.Name[1..] : member.Name);
            var at = $"{pointer}/{(r4.IsName(member.Name) ? member.Name : string.Create(CultureInfo.InvariantCulture, $"(member {position})"))}";
            if (found is null || (companion && !found.IsPrimitive))
            {
                Fault(HealthRule.UnknownElement, at);
            }
            else if (found.Name is "modifierExtension" or "implicitRules")
            {
                Fault(HealthRule.ChangesMeaning, at);
            }
            else if (!companion && found.Element != found.Name && !there.Add(found.Element))
            {
                Fault(HealthRule.Cardinality, at);
            }
            else
            {
                there.Add(found.Element);
                Values(member.Value, found, companion, at, value);
            }
        }
        foreach (var missing in r4.Required(type).Where(element => !there.Contains(element)))
        {
            Fault(HealthRule.Missing, $"{pointer}/{missing}");
        }
    }

    private void Values(JsonElement value, R4Member member, bool companion, string pointer, JsonElement owner)
    {
        if (member.Many != (value.ValueKind == JsonValueKind.Array))
        {
            Fault(HealthRule.Cardinality, pointer);
            return;
        }
        if (!member.Many)
        {
            Value(value, member, companion, pointer);
            return;
        }
        if (value.GetArrayLength() == 0)
        {
            Fault(HealthRule.Missing, pointer);
        }
        // A null stands for a value that only its companion describes, or the other way round.
        var nulls = member.IsPrimitive && owner.TryGetProperty(companion ? member.Name : $"_{member.Name}", out _);
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (!(nulls && item.ValueKind == JsonValueKind.Null))
            {
                Value(item, member, companion, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}"));
            }
            index++;
        }
    }

    private void Value(JsonElement value, R4Member member, bool companion, string pointer)
    {
        if (companion)
        {
            Companion(value, pointer);
        }
        else if (member.Type == "Resource")
        {
            if (member.Name != "contained")
            {
                Resource(value, pointer);
            }
        }
        else if (!member.IsPrimitive)
        {
            Object(value, member.Type, pointer);
            if (value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().Any())
            {
                Fault(HealthRule.Missing, pointer);
            }
        }
        else if (!R4Primitive.IsWellFormed(member.Type, value) || (member.Values is { } codes && !codes.Contains(value.GetString())))
        {
            Fault(HealthRule.Format, pointer);
        }
    }

    // What stands beside a primitive: an id and extensions, nothing else (R4 2.6.2).
    private void Companion(JsonElement value, string pointer)
    {
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Any(member => member.Name is not ("id" or "extension")))
        {
            Fault(HealthRule.UnknownElement, pointer);
        }
        else if (value.TryGetProperty("extension", out var extensions))
        {
            Values(extensions, r4.Find("Patient", "extension")!, companion: false, $"{pointer}/extension", value);
        }
    }

    private void Fault(HealthRule rule, string pointer) => faults.Add(new(rule, pointer));
}

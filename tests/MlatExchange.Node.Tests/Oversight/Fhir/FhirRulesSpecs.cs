using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MlatExchange.Node.Tests.Oversight.Fhir;

/// <summary>The rules of FHIR R4 for JSON and for the two resources, looked at in what is written, without any library of FHIR.</summary>
public sealed partial class FhirRulesSpecs
{
    /// <summary>Members in the order of the definitions, by the kind of object; a nested kind by its path.</summary>
    private static readonly Dictionary<string, string[]> Order = new(StringComparer.Ordinal)
    {
        ["AuditEvent"] = ["resourceType", "id", "meta", "extension", "type", "subtype", "action", "recorded", "outcome", "purposeOfEvent", "agent", "source", "entity"],
        ["AuditEvent/agent"] = ["extension", "type", "role", "who", "requestor", "policy"],
        ["AuditEvent/source"] = ["extension", "site", "observer", "type"],
        ["AuditEvent/entity"] = ["extension", "what", "type", "role", "detail"],
        ["AuditEvent/entity/detail"] = ["extension", "type", "valueString"],
        ["Provenance"] = ["resourceType", "id", "meta", "extension", "target", "occurredDateTime", "recorded", "policy", "reason", "activity", "agent", "entity"],
        ["Provenance/agent"] = ["extension", "type", "role", "who", "onBehalfOf"],
        ["Provenance/entity"] = ["extension", "role", "what"],
        ["Extension"] = ["extension", "url", "valueString", "valueInteger", "valueCoding"],
        ["Coding"] = ["system", "code"],
        ["Concept"] = ["coding"],
        ["Reference"] = ["type", "identifier"],
        ["Identifier"] = ["system", "value"],
        ["Meta"] = ["profile"],
    };

    [Theory]
    [MemberData(nameof(FhirExamplesSpecs.Files), MemberType = typeof(FhirExamplesSpecs))]
    public void Members_stand_in_the_order_of_the_definition_and_nothing_is_null_or_empty(string file)
    {
        using var json = JsonDocument.Parse(FhirExamples.Written[file]);
        Look(json.RootElement, json.RootElement.GetProperty("resourceType").GetString()!);
    }

    [Theory]
    [MemberData(nameof(FhirExamplesSpecs.Files), MemberType = typeof(FhirExamplesSpecs))]
    public void What_FHIR_requires_is_there_and_instants_have_their_zone(string file)
    {
        using var json = JsonDocument.Parse(FhirExamples.Written[file]);
        var root = json.RootElement;
        Assert.Matches("^[A-Za-z0-9.-]{1,64}$", root.GetProperty("id").GetString()!);
        var recorded = root.GetProperty("recorded").GetString()!;
        Assert.Matches(Instant(), recorded);
        var place = Told.ByKind[file[(file.IndexOf('-', StringComparison.Ordinal) + 1)..^".json".Length]].Place;
        Assert.Equal(place.At, DateTimeOffset.Parse(recorded, CultureInfo.InvariantCulture));
        Assert.Equal(place.Event.ToString(), root.GetProperty("id").GetString());
        var agents = root.GetProperty("agent").EnumerateArray().ToList();
        Assert.All(agents, agent => Assert.True(agent.GetProperty("who").GetProperty("identifier").TryGetProperty("value", out _)));
        if (root.GetProperty("resourceType").GetString() == "AuditEvent")
        {
            Assert.All(["type", "source"], name => Assert.True(root.TryGetProperty(name, out _), name));
            Assert.True(root.GetProperty("source").TryGetProperty("observer", out _));
            Assert.Single(agents, agent => agent.GetProperty("requestor").GetBoolean());
        }
        else
        {
            Assert.NotEmpty(root.GetProperty("target").EnumerateArray());
            Assert.Matches(Instant(), root.GetProperty("occurredDateTime").GetString()!);
            Assert.All(root.GetProperty("entity").EnumerateArray(), entity => Assert.True(entity.TryGetProperty("role", out _) && entity.TryGetProperty("what", out _)));
        }
    }

    private static void Look(JsonElement element, string kind)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            Assert.True(element.GetArrayLength() > 0, $"{kind}: an empty array");
            foreach (var item in element.EnumerateArray()) Look(item, kind);
            return;
        }
        Assert.True(element.ValueKind != JsonValueKind.Null, $"{kind}: null");
        Assert.True(element.ValueKind != JsonValueKind.String || element.GetString() is { Length: > 0 } text && text.Trim() == text, $"{kind}: an empty text");
        if (element.ValueKind != JsonValueKind.Object) return;
        var members = element.EnumerateObject().Select(member => member.Name).ToList();
        Assert.NotEmpty(members);
        Assert.Equal(Order[kind].Where(members.Contains), members);
        foreach (var member in element.EnumerateObject()) Look(member.Value, Below(kind, member.Name));
    }

    private static string Below(string kind, string member) => (kind, member) switch
    {
        (_, "extension") => "Extension",
        (_, "meta") => "Meta",
        (_, "who" or "onBehalfOf" or "what" or "observer" or "target") => "Reference",
        (_, "identifier") => "Identifier",
        (_, "coding" or "subtype" or "valueCoding") or ("AuditEvent" or "AuditEvent/source" or "AuditEvent/entity", "type") or ("AuditEvent/entity", "role") => "Coding",
        ("AuditEvent/agent" or "Provenance/agent", "type" or "role") or (_, "purposeOfEvent" or "reason" or "activity") => "Concept",
        _ => $"{kind}/{member}",
    };

    [GeneratedRegex(@"^2026-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,3})?(Z|\+00:00)$")]
    private static partial Regex Instant();
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace MlatExchange.Cli.Health;

/// <summary>The bundle that goes out: what stays, labelled, with its provenance.</summary>
internal static class HealthBundle
{
    private const string Own = "urn:mlat-exchange:";

    /// <summary>Whatever is in it was taken from more, and speaks of the person by a pseudonym (HL7 security labels of integrity).</summary>
    private static readonly SecurityLabel[] Always =
        [new("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "PSEUDED"), new("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "REDACTED")];

    /// <summary>Where a resource is found inside the bundle, and nowhere else.</summary>
    internal static string Address(HealthAsked asked, string id) => $"{Own}health:{asked.Person}:{id}";

    internal static IEnumerable<SecurityLabel> Labels(HealthProfile profile, HealthAsked asked) => asked.Options.SelectMany(option => profile.Options[option].Labels).Concat(Always).Distinct();

    internal static JsonObject Meta(HealthProfile profile, HealthAsked asked) =>
        new() { ["security"] = new JsonArray([.. Labels(profile, asked).Select(label => Coding(label.System, label.Code))]) };

    internal static JsonObject Of(HealthProfile profile, HealthAsked asked, IReadOnlyList<KeptResource> kept, IReadOnlyList<JsonObject> resources)
    {
        var provenance = string.Create(CultureInfo.InvariantCulture, $"r{kept.Count + 1}");
        return new()
        {
            ["resourceType"] = "Bundle",
            ["meta"] = Meta(profile, asked),
            ["type"] = "collection",
            ["entry"] = new JsonArray(
            [
                .. resources.Select((resource, index) => new JsonObject { ["fullUrl"] = Address(asked, kept[index].Id), ["resource"] = resource }),
                new JsonObject { ["fullUrl"] = Address(asked, provenance), ["resource"] = Provenance(profile, asked, kept, provenance) },
            ]),
        };
    }

    // Names nobody: the tool did it, on the legal basis; who used the tool stands in the custody record and in the node's log.
    private static JsonObject Provenance(HealthProfile profile, HealthAsked asked, IReadOnlyList<KeptResource> kept, string id) => new()
    {
        ["resourceType"] = "Provenance",
        ["id"] = id,
        ["meta"] = Meta(profile, asked),
        ["extension"] = new JsonArray([.. asked.LegalBasis.Select(basis => new JsonObject { ["url"] = $"{Own}fhir:legal-basis:1", ["valueString"] = basis })]),
        ["target"] = new JsonArray([.. kept.Select(resource => new JsonObject { ["reference"] = Address(asked, resource.Id) })]),
        ["recorded"] = asked.At.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["policy"] = new JsonArray([$"{Own}health:{profile.Id}", .. asked.Options.Select(option => $"{Own}health:{profile.Id}:{option}")]),
        ["reason"] = new JsonArray(Concept("http://terminology.hl7.org/CodeSystem/v3-ActReason", "HLEGAL")),
        ["activity"] = Concept("http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle", "pseudonymize"),
        ["agent"] = new JsonArray(new JsonObject
        {
            ["type"] = Concept("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "assembler"),
            ["who"] = new JsonObject { ["type"] = "Device", ["identifier"] = new JsonObject { ["system"] = $"{Own}id:tool", ["value"] = asked.Tool } },
        }),
    };

    private static JsonObject Coding(string system, string code) => new() { ["system"] = system, ["code"] = code };

    private static JsonObject Concept(string system, string code) => new() { ["coding"] = new JsonArray(Coding(system, code)) };
}

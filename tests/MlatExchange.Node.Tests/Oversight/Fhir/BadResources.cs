using System.Text.Json.Nodes;

namespace MlatExchange.Node.Tests.Oversight.Fhir;

/// <summary>Good examples with one fault each, so that whatever judges them is seen to be able to refuse.</summary>
public static class BadResources
{
    private static readonly Dictionary<string, (string Example, Action<JsonObject> Spoil)> Faults = new(StringComparer.Ordinal)
    {
        ["r4: no type"] = (Audit, json => json.Remove("type")),
        ["r4: no instant"] = (Audit, json => json.Remove("recorded")),
        ["r4: an instant without zone"] = (Audit, json => json["recorded"] = "2026-03-01T12:00:00"),
        ["r4: a requestor is not said"] = (Audit, json => json["agent"]![0]!.AsObject().Remove("requestor")),
        ["r4: nobody observed"] = (Audit, json => json["source"]!.AsObject().Remove("observer")),
        ["r4: no agent"] = (Audit, json => json.Remove("agent")),
        ["r4: an unknown member"] = (Audit, json => json["victim"] = "x"),
        ["r4: a text for a number"] = (Audit, json => json["entity"]![0]!["extension"]!.AsArray().Last()!["extension"]![0]!["valueInteger"] = "thirty"),
        ["r4: no target"] = (Custody, json => json.Remove("target")),
        ["r4: an entity without role"] = (Custody, json => json["entity"]![0]!.AsObject().Remove("role")),
        ["r4: one agent where many may be"] = (Custody, json => json["agent"] = json["agent"]![0]!.DeepClone()),
        ["profile: no legal basis"] = (Audit, json => json.Remove("extension")),
        ["profile: no purpose"] = (Audit, json => json.Remove("purposeOfEvent")),
        ["profile: no term"] = (Audit, json => Drop(json["entity"]![0]!, "urn:mlat-exchange:fhir:retention-term:1")),
        ["profile: no data category"] = (Audit, json => Drop(json["entity"]![0]!, "urn:mlat-exchange:fhir:data-category:1")),
        ["profile: a term without its days"] = (Audit, json => json["entity"]![0]!["extension"]!.AsArray().Last()!["extension"]!.AsArray().RemoveAt(0)),
        ["profile: another extension"] = (Audit, json => json["entity"]![0]!["extension"]![0]!["url"] = "urn:mlat-exchange:fhir:name:1"),
        ["profile: an unknown code"] = (Audit, json => json["entity"]![0]!["extension"]![0]!["valueCoding"]!["code"] = "gossip"),
        ["profile: a code of FHIR that is none"] = (Audit, json => json["type"]!["code"] = "gossip"),
        ["profile: a role of FHIR that is none"] = (Audit, json => json["entity"]![0]!["role"]!["code"] = "99"),
        ["profile: a name"] = (Audit, json => json["agent"]![2]!["name"] = "Somebody"),
        ["profile: words about what happened"] = (Audit, json => json["outcomeDesc"] = "It went well"),
        ["profile: two began it"] = (Audit, json => json["agent"]![0]!["requestor"] = true),
        ["profile: no leaf"] = (Audit, json => json["entity"]!.AsArray().RemoveAt(1)),
        ["profile: an unknown profile"] = (Audit, json => json["meta"]!["profile"]![0] = "urn:mlat-exchange:fhir:other:1"),
        ["profile: no legal basis of a provenance"] = (Custody, json => Drop(json, "urn:mlat-exchange:fhir:legal-basis:1")),
        ["profile: a display"] = (Custody, json => json["agent"]![0]!["who"]!["display"] = "Somebody"),
        ["profile: a query without purpose"] = (Query, json => json.Remove("purposeOfEvent")),
        ["profile: the words of a query"] = (Query, json => json["entity"]![0]!["query"] = "ZnJvbT0yMDI2"),
    };

    private const string Audit = "AuditEvent-transfer.accepted.v1.json", Custody = "Provenance-transfer.accepted.v1.json", Query = "AuditEvent-consultation.transfers-consulted.v1.json";

    public static TheoryData<string> All => [.. Faults.Keys];

    /// <summary>Faults against R4 itself, that need no profile to be seen.</summary>
    public static TheoryData<string> OfR4 => [.. Faults.Keys.Where(fault => fault.StartsWith("r4: ", StringComparison.Ordinal))];

    public static string With(string fault)
    {
        var json = JsonNode.Parse(FhirExamples.Written[Faults[fault].Example])!.AsObject();
        Faults[fault].Spoil(json);
        return json.ToJsonString();
    }

    private static void Drop(JsonNode element, string url)
    {
        var extensions = element["extension"]!.AsArray();
        for (var n = extensions.Count - 1; n >= 0; n--)
            if (extensions[n]!["url"]!.GetValue<string>() == url) extensions.RemoveAt(n);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Node.Access;

namespace MlatExchange.Node.Oversight.Fhir;

/// <summary><c>GET /fhir/metadata</c>: the capability statement, made from the same table that searches are read by. Approved in <c>contracts/fhir/capability-statement.json</c>.</summary>
public static class FhirMetadata
{
    internal const string Url = "urn:mlat-exchange:fhir:capability-statement:1";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/fhir/metadata", (FhirNode node) => Results.Text(Statement(node).ToJsonString(Relaxed), FhirJson.MediaType, System.Text.Encoding.UTF8))
        .AllowAnonymous().WithTags("FHIR").WithSummary("Capability statement of FHIR R4");

    /// <summary>The statement of one node; everything but <c>implementation</c> is the same on all.</summary>
    public static JsonObject Statement(FhirNode node) => new()
    {
        ["resourceType"] = "CapabilityStatement",
        ["id"] = "capability-statement-1",
        ["url"] = Url,
        ["version"] = "1",
        ["name"] = "MlatExchangeOversight",
        ["title"] = "What oversight bodies can ask of a node in FHIR R4",
        ["status"] = "active",
        ["experimental"] = false,
        ["date"] = "2026-11-22",
        ["description"] = "Transfers of evidence and consultations of their records, read only. Every search and read but this one needs a purpose: headers Purpose-Code and Justification, or Consultation. Each answer is logged before it is given.",
        ["kind"] = "instance",
        ["software"] = new JsonObject { ["name"] = "MLAT Exchange" },
        ["implementation"] = new JsonObject { ["description"] = $"Node of {node.Jurisdiction}", ["url"] = $"{node.BaseUrl}/fhir" },
        ["fhirVersion"] = "4.0.1",
        ["format"] = new JsonArray("json", FhirJson.MediaType),
        ["rest"] = new JsonArray(new JsonObject
        {
            ["mode"] = "server",
            ["security"] = new JsonObject { ["cors"] = false, ["description"] = $"Bearer token with the role {Role.Oversight} of a body that the signed trust list of the jurisdiction names." },
            ["resource"] = new JsonArray(
                Resource("AuditEvent", [FhirNames.TransferAuditEvent, FhirNames.ConsultationAuditEvent], FhirParameters.AuditEvent),
                Resource("Provenance", [FhirNames.TransferProvenance], FhirParameters.Provenance)),
        }),
    };

    private static JsonObject Resource(string type, string[] profiles, IReadOnlyList<FhirParameter> parameters) => new()
    {
        ["type"] = type,
        ["supportedProfile"] = new JsonArray([.. profiles.Select(profile => JsonValue.Create(profile))]),
        ["documentation"] = "_sort by time, ascending or descending; _count to 1000; _summary=count; _total=accurate; links to the next page. All pages of a search are of the checkpoint named in the Bundle's meta.tag.",
        ["interaction"] = new JsonArray(new JsonObject { ["code"] = "read" }, new JsonObject { ["code"] = "search-type" }),
        ["versioning"] = "no-version",
        ["readHistory"] = false,
        ["updateCreate"] = false,
        ["conditionalCreate"] = false,
        ["conditionalUpdate"] = false,
        ["conditionalDelete"] = "not-supported",
        ["searchParam"] = new JsonArray([.. parameters.Concat(FhirParameters.Every).Select(parameter => new JsonObject
        {
            ["name"] = parameter.Name,
            ["definition"] = parameter.Definition,
            ["type"] = parameter.Type,
            ["documentation"] = parameter.Meaning,
        })]),
    };
}

using Hl7.Fhir.Model;
using MlatExchange.Domain;

namespace MlatExchange.Node.Oversight.Fhir;

/// <summary>Who took part, as audit events and provenances name them: jurisdictions, authorities by code, officials by pseudonym.</summary>
internal static class FhirAgents
{
    /// <summary>Role of an official that stands for a timer of the node.</summary>
    public const string NodeRole = "node";

    public static CodeableConcept Supplier => FhirNames.Concept(new Coding(FhirNames.Dicom, "110153"));

    public static CodeableConcept Holder => FhirNames.Concept(new Coding(FhirNames.Dicom, "110152"));

    /// <summary>A person, or the node's own program.</summary>
    public static CodeableConcept Kind(Official by) =>
        FhirNames.Concept(by.Role == NodeRole ? new Coding(FhirNames.Dicom, "110150") : new Coding(FhirNames.RoleType, "humanuser"));

    /// <summary>The role acted in and the authority acted for.</summary>
    public static List<CodeableConcept> Roles(Official by) =>
        [FhirNames.Concept(FhirNames.Own("official-role", by.Role)), FhirNames.Concept(FhirNames.Own("authority", by.Authority))];

    public static ResourceReference Pseudonym(Official by) => FhirNames.Known("official", by.Id.Value);

    public static AuditEvent.AgentComponent Acting(Official by) => new() { Type = Kind(by), Role = Roles(by), Who = Pseudonym(by), Requestor = true };

    /// <summary>This node, as who says so.</summary>
    public static AuditEvent.SourceComponent Source(FhirNode node) => new()
    {
        Site = node.Jurisdiction,
        Observer = FhirNames.Known("node", node.Entity, "Device"),
        Type = [new(FhirNames.SourceType, "4")],
    };
}

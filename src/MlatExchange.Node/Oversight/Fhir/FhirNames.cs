using Hl7.Fhir.Model;

namespace MlatExchange.Node.Oversight.Fhir;

/// <summary>Names that <c>contracts/fhir/</c> fixes: profiles, extensions, systems of codes and of identifiers.</summary>
public static class FhirNames
{
    /// <summary>Profile of the audit event of a transfer.</summary>
    public const string TransferAuditEvent = "urn:mlat-exchange:fhir:transfer-audit-event:1";

    /// <summary>Profile of the audit event of a consultation by an oversight body.</summary>
    public const string ConsultationAuditEvent = "urn:mlat-exchange:fhir:consultation-audit-event:1";

    /// <summary>Profile of the provenance of transferred evidence.</summary>
    public const string TransferProvenance = "urn:mlat-exchange:fhir:transfer-provenance:1";

    public const string LegalBasis = "urn:mlat-exchange:fhir:legal-basis:1";
    public const string DataCategory = "urn:mlat-exchange:fhir:data-category:1";
    public const string SubjectCategory = "urn:mlat-exchange:fhir:subject-category:1";
    public const string Condition = "urn:mlat-exchange:fhir:condition:1";
    public const string RetentionTerm = "urn:mlat-exchange:fhir:retention-term:1";

    internal const string Dicom = "http://dicom.nema.org/resources/ontology/DCM";
    internal const string Lifecycle = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle";
    internal const string DataOperation = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";
    internal const string Participant = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
    internal const string RoleType = "http://terminology.hl7.org/CodeSystem/extra-security-role-type";
    internal const string SourceType = "http://terminology.hl7.org/CodeSystem/security-source-type";
    internal const string EntityType = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    internal const string ObjectRole = "http://terminology.hl7.org/CodeSystem/object-role";

    /// <summary>A code of a system of our own.</summary>
    /// <param name="system">Last part of the system's name, such as <c>data-category</c>.</param>
    internal static Coding Own(string system, string code) => new($"urn:mlat-exchange:code:{system}", code);

    internal static CodeableConcept Concept(params Coding[] codes) => new() { Coding = [.. codes] };

    /// <summary>A pointer to something by an identifier of our own.</summary>
    /// <param name="type">Kind of resource it would be; null where FHIR has none.</param>
    internal static ResourceReference Known(string system, string value, string? type = null) =>
        new() { Type = type, Identifier = new($"urn:mlat-exchange:id:{system}", value) };

    internal static ResourceReference Jurisdiction(string code) => Known("jurisdiction", code, "Organization");

    /// <summary>The leaf that proves it, by the origin of the log and the leaf's index.</summary>
    internal static ResourceReference Leaf(FhirNode node, LogPlace place) => Known("log-leaf", $"{node.LogOrigin}#{place.Index}");
}

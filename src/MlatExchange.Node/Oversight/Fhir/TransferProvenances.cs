using Hl7.Fhir.Model;
using MlatExchange.Domain;
using MlatExchange.Domain.Transfers;

namespace MlatExchange.Node.Oversight.Fhir;

/// <summary>Through whose hands evidence went, as a Provenance of the profile in <c>contracts/fhir/</c>.</summary>
public static class TransferProvenances
{
    /// <summary>Null for an event by which neither custody nor an obligation passes. Parameters as for <see cref="TransferAuditEvents.Of"/>.</summary>
    public static Provenance? Of(FhirNode node, TransferRecord record, LogPlace place, TransferEvent happened)
    {
        var step = AuditedStep.Of(happened, record.Direction);
        if (!step.Moves) return null;
        return new()
        {
            Id = place.Event.ToString(),
            Meta = new() { Profile = [FhirNames.TransferProvenance] },
            Extension = [.. TransferExtensions.LegalBasis(record), .. TransferExtensions.Evidence(record)],
            Target = [FhirNames.Known("transfer", record.Transfer)],
            Occurred = new FhirDateTime(FhirInstant.Text(place.At)),
            Recorded = place.At,
            Policy = TransferAuditEvents.Policy(record),
            Reason = record.Purpose is { } purpose ? [FhirNames.Concept(FhirNames.Own("request-purpose", purpose))] : null,
            Activity = FhirNames.Concept([.. Operation(happened), new(FhirNames.Lifecycle, step.Lifecycle), FhirNames.Own("event", place.Kind)]),
            Agent = Agents(node, record, step),
            Entity = Entities(node, record, place, happened, step),
        };
    }

    // FHIR asks for its own code where one applies.
    private static Coding[] Operation(TransferEvent happened) => happened switch
    {
        SupplyEvent.Prepared => [new(FhirNames.DataOperation, "CREATE")],
        HoldingEvent.ErasureCompleted => [new(FhirNames.DataOperation, "DELETE")],
        _ => [],
    };

    private static List<Provenance.AgentComponent> Agents(FhirNode node, TransferRecord record, AuditedStep step)
    {
        var (supplier, holder) = TransferAuditEvents.Sides(node, record);
        var side = FhirNames.Jurisdiction(step.BySupplier ? supplier : holder);
        return
        [
            step.By is { } by
                ? new() { Type = Participant("performer"), Role = FhirAgents.Roles(by), Who = FhirAgents.Pseudonym(by), OnBehalfOf = side }
                : new() { Type = Participant("performer"), Who = side },
            new() { Type = Participant("informant"), Who = FhirNames.Jurisdiction(supplier) },
            new() { Type = Participant("custodian"), Who = FhirNames.Jurisdiction(holder) },
        ];
    }

    private static List<Provenance.EntityComponent> Entities(FhirNode node, TransferRecord record, LogPlace place, TransferEvent happened, AuditedStep step)
    {
        List<Provenance.EntityComponent> entities = [new() { Role = Provenance.ProvenanceEntityRole.Source, What = FhirNames.Leaf(node, place) }];
        if (step.Act is { } act) entities.Add(new() { Role = Provenance.ProvenanceEntityRole.Source, What = FhirNames.Known("act", act) });
        if (happened is HoldingEvent.ErasureCompleted) entities.Add(new() { Role = Provenance.ProvenanceEntityRole.Removal, What = FhirNames.Known("transfer", record.Transfer) });
        return entities;
    }

    private static CodeableConcept Participant(string code) => FhirNames.Concept(new Coding(FhirNames.Participant, code));
}

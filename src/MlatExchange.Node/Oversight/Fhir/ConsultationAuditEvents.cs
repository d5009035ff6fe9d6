using Hl7.Fhir.Model;
using MlatExchange.Domain;
using MlatExchange.Domain.Oversight;

namespace MlatExchange.Node.Oversight.Fhir;

/// <summary>What an oversight body looked at as an AuditEvent: who watches is watched by the same means.</summary>
public static class ConsultationAuditEvents
{
    /// <param name="node">The node whose log it is.</param>
    /// <param name="consultation">Id of the consultation.</param>
    /// <param name="place">Where the event stands in the log.</param>
    /// <param name="happened">The event.</param>
    /// <exception cref="InvalidOperationException">A kind of event that has no place here yet: a mistake in the code.</exception>
    public static AuditEvent Of(FhirNode node, Guid consultation, LogPlace place, OversightEvent happened)
    {
        var (type, purpose, by, details) = happened switch
        {
            OversightEvent.ConsultationOpened e => (new Coding(FhirNames.Lifecycle, "access"), e.Purpose, e.By, Array.Empty<AuditEvent.DetailComponent>()),
            OversightEvent.TransfersConsulted e => (new Coding(FhirNames.Dicom, "110112"), e.Purpose, e.By, Given(e)),
            _ => throw new InvalidOperationException($"{happened.GetType().Name} is not told in FHIR."),
        };
        return new()
        {
            Id = place.Event.ToString(),
            Meta = new() { Profile = [FhirNames.ConsultationAuditEvent] },
            Type = type,
            Subtype = [FhirNames.Own("led-operation", EventNames.Domain[happened.GetType()].Operation), FhirNames.Own("event", place.Kind)],
            Action = AuditEvent.AuditEventAction.E,
            Recorded = place.At,
            Outcome = AuditEvent.AuditEventOutcome.N0,
            PurposeOfEvent = [FhirNames.Concept(FhirNames.Own("consultation-purpose", EnumCode.Of(purpose)))],
            Agent = [FhirAgents.Acting(by)],
            Source = FhirAgents.Source(node),
            Entity =
            [
                new() { What = FhirNames.Known("consultation", consultation.ToString()), Type = new(FhirNames.EntityType, "2"), Role = new(FhirNames.ObjectRole, "24"), Detail = [.. details] },
                new()
                {
                    What = FhirNames.Leaf(node, place), Type = new(FhirNames.EntityType, "2"), Role = new(FhirNames.ObjectRole, "13"),
                    Detail = [TransferAuditEvents.Detail("position", TransferAuditEvents.Number(place.Position))],
                },
            ],
        };
    }

    // The leaf shows no small count, so this does not either.
    private static AuditEvent.DetailComponent[] Given(OversightEvent.TransfersConsulted e) =>
    [
        TransferAuditEvents.Detail("parameters", e.Parameters),
        .. e.Count >= Consultations.SmallestClearCount ? [TransferAuditEvents.Detail("count", TransferAuditEvents.Number(e.Count))] : Array.Empty<AuditEvent.DetailComponent>(),
    ];
}

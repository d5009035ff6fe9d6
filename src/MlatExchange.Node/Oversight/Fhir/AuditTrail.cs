using Hl7.Fhir.Model;
using MlatExchange.Domain;
using MlatExchange.Domain.Oversight;
using MlatExchange.Domain.Transfers;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Oversight.Fhir;

/// <summary>A row of <c>read.audit_trail</c>: the resources of one event as they are given out, and what they are found by.</summary>
/// <param name="Event">The audit event, told.</param>
/// <param name="Provenance">Null where neither custody nor an obligation passes.</param>
/// <param name="Counterpart">Null for a consultation.</param>
/// <param name="Subject">Wire id of the transfer, or id of the consultation.</param>
/// <param name="Act">Digest of the signed act behind it.</param>
internal sealed record AuditTrail(LogPlace Place, AuditEvent Event, Provenance? Provenance, string? Counterpart, string? Official, string Subject, string? Act)
{
    private const string Insert = """
        insert into read.audit_trail (position, event_id, recorded, idx, lifecycle, operation, kind, action, outcome, purpose, counterpart, official, subject, act, audit, provenance)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """;

    public static AuditTrail Of(FhirNode node, TransferRecord record, TransferEvent happened)
    {
        var step = AuditedStep.Of(happened, record.Direction);
        return new(
            record.Last, TransferAuditEvents.Of(node, record, record.Last, happened), TransferProvenances.Of(node, record, record.Last, happened), record.Counterpart, step.By?.Id.Value, record.Transfer, step.Act);
    }

    public static AuditTrail Of(FhirNode node, Guid consultation, LogPlace place, OversightEvent happened) =>
        new(place, ConsultationAuditEvents.Of(node, consultation, place, happened), null, null, By(happened)?.Id.Value, consultation.ToString(), null);

    public NpgsqlBatchCommand ToCommand() => new(Insert)
    {
        Parameters =
        {
            new() { Value = Place.Position }, new() { Value = Place.Event }, new() { Value = Place.At.UtcDateTime }, new() { Value = Place.Index },
            new() { Value = Event.Type!.Code }, new() { Value = Event.Subtype![0].Code }, new() { Value = Place.Kind }, new() { Value = Event.Action.ToString() },
            new() { Value = (short)Event.Outcome! }, Text(Event.PurposeOfEvent is [{ Coding: [{ } purpose, ..] }, ..] ? purpose.Code : null),
            Text(Counterpart), Text(Official), new() { Value = Subject }, Text(Act),
            new() { Value = FhirJson.Write(Event) }, new() { Value = Provenance is null ? DBNull.Value : FhirJson.Write(Provenance), NpgsqlDbType = NpgsqlDbType.Bytea },
        },
    };

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static Official? By(OversightEvent happened) => happened switch
    {
        OversightEvent.ConsultationOpened e => e.By,
        OversightEvent.TransfersConsulted e => e.By,
        _ => null,
    };
}

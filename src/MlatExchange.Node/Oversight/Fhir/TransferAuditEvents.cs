using System.Globalization;
using Hl7.Fhir.Model;
using MlatExchange.Domain;
using MlatExchange.Domain.Transfers;

namespace MlatExchange.Node.Oversight.Fhir;

/// <summary>An event of a transfer as an AuditEvent of the profile in <c>contracts/fhir/</c>.</summary>
public static class TransferAuditEvents
{
    /// <param name="node">The node whose log it is.</param>
    /// <param name="record">The transfer's record after the event.</param>
    /// <param name="place">Where the event stands in the log.</param>
    /// <param name="happened">The event.</param>
    public static AuditEvent Of(FhirNode node, TransferRecord record, LogPlace place, TransferEvent happened)
    {
        var step = AuditedStep.Of(happened, record.Direction);
        var operation = EventNames.Domain[happened.GetType()].Operation;
        return new()
        {
            Id = place.Event.ToString(),
            Meta = new() { Profile = [FhirNames.TransferAuditEvent] },
            Extension = TransferExtensions.LegalBasis(record),
            Type = new(FhirNames.Lifecycle, step.Lifecycle),
            Subtype = [FhirNames.Own("led-operation", operation), FhirNames.Own("event", place.Kind)],
            Action = Action(operation),
            Recorded = place.At,
            Outcome = step.Failed ? AuditEvent.AuditEventOutcome.N4 : AuditEvent.AuditEventOutcome.N0,
            PurposeOfEvent = record.Purpose is { } purpose ? [FhirNames.Concept(FhirNames.Own("request-purpose", purpose))] : null,
            Agent = Agents(node, record, step),
            Source = FhirAgents.Source(node),
            Entity = [Transfer(record, step), LogEntry(node, place, step)],
        };
    }

    /// <summary>Jurisdiction that supplies, and the one that holds.</summary>
    internal static (string Supplier, string Holder) Sides(FhirNode node, TransferRecord record) =>
        record.Direction == TransferDirection.Outgoing ? (node.Jurisdiction, record.Counterpart) : (record.Counterpart, node.Jurisdiction);

    /// <summary>The instrument that authorises, as a URI.</summary>
    internal static string[]? Policy(TransferRecord record) => record.Instrument is { } instrument ? [$"urn:mlat-exchange:instrument:{instrument}"] : null;

    /// <summary>What an operation of LED 25 does to data.</summary>
    private static AuditEvent.AuditEventAction Action(string operation) => operation switch
    {
        "collection" => AuditEvent.AuditEventAction.C,
        "alteration" or "combination" => AuditEvent.AuditEventAction.U,
        "erasure" => AuditEvent.AuditEventAction.D,
        _ => AuditEvent.AuditEventAction.R,
    };

    // Exactly one agent is the requestor: the official who acted, or the jurisdiction whose node did.
    private static List<AuditEvent.AgentComponent> Agents(FhirNode node, TransferRecord record, AuditedStep step)
    {
        var (supplier, holder) = Sides(node, record);
        List<AuditEvent.AgentComponent> agents =
        [
            new() { Type = FhirAgents.Supplier, Who = FhirNames.Jurisdiction(supplier), Requestor = step.By is null && step.BySupplier },
            new()
            {
                Type = FhirAgents.Holder,
                Role = record.AuthorityRole is { } kind ? [FhirNames.Concept(FhirNames.Own("authority-kind", kind))] : null,
                Who = FhirNames.Jurisdiction(holder),
                Requestor = step.By is null && !step.BySupplier,
                Policy = Policy(record),
            },
        ];
        if (step.By is { } by) agents.Add(FhirAgents.Acting(by));
        return agents;
    }

    private static AuditEvent.EntityComponent Transfer(TransferRecord record, AuditedStep step) => new()
    {
        Extension = TransferExtensions.Evidence(record),
        What = FhirNames.Known("transfer", record.Transfer),
        Type = new(FhirNames.EntityType, "2"),
        Role = new(FhirNames.ObjectRole, "4"),
        Detail =
        [
            Detail("direction", TransferRows.Direction(record.Direction)), Detail("state", record.State), Detail("items", Number(record.Items)),
            Detail("fetched-items", Number(record.FetchedItems)), Detail("holds", Number(record.Holds)), Detail("release-by", FhirInstant.Text(record.ReleaseBy)),
            Detail("expires", FhirInstant.Text(record.Expires)),
            .. Owed(record), .. Copies(record.Copies), .. record.PackDigest is { } pack ? [Detail("pack-digest", pack)] : Array.Empty<AuditEvent.DetailComponent>(),
            .. step.Details.Select(detail => Detail(detail.Name, detail.Value)),
        ],
    };

    private static AuditEvent.EntityComponent LogEntry(FhirNode node, LogPlace place, AuditedStep step) => new()
    {
        What = FhirNames.Leaf(node, place),
        Type = new(FhirNames.EntityType, "2"),
        Role = new(FhirNames.ObjectRole, "13"),
        Detail = [Detail("position", Number(place.Position)), .. step.Act is { } act ? [Detail("act-digest", act)] : Array.Empty<AuditEvent.DetailComponent>()],
    };

    private static AuditEvent.DetailComponent[] Owed(TransferRecord record) =>
        record is { Due: { } due, DueFor: { } what } ? [Detail("due", FhirInstant.Text(due)), Detail("due-for", what)] : [];

    private static AuditEvent.DetailComponent[] Copies(CopyCounts? copies) => copies is null
        ? []
        : [Detail("copies-destroyed", Number(copies.Destroyed)), Detail("copies-kept", Number(copies.Kept)), Detail("copies-unknown", Number(copies.Unknown))];

    internal static AuditEvent.DetailComponent Detail(string name, string value) => new() { Type = name, Value = new FhirString(value) };

    internal static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

using MlatExchange.Domain;
using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;

namespace MlatExchange.Node.Oversight.Fhir;

/// <summary>What FHIR is told of one event of a transfer beside the transfer's record: codes, digests and pseudonyms.</summary>
/// <param name="Lifecycle">Code of ISO 21089.</param>
/// <param name="BySupplier">Whether the supplying jurisdiction began it; else the holder.</param>
/// <param name="By">The official who acted; null where a node did.</param>
/// <param name="Act">Digest of the signed act or record behind it.</param>
/// <param name="Failed">Something offered or stored was found to be wrong.</param>
/// <param name="Moves">Custody or obligations pass: a provenance is due.</param>
/// <param name="Details">Named values of this event alone.</param>
internal sealed record AuditedStep(
    string Lifecycle, bool BySupplier, Official? By = null, string? Act = null, bool Failed = false, bool Moves = false, params IReadOnlyList<(string Name, string Value)> Details)
{
    /// <param name="record">The direction that the transfer's record has: it tells which side this node is.</param>
    /// <exception cref="InvalidOperationException">A kind of event that has no place here yet: a mistake in the code.</exception>
    public static AuditedStep Of(TransferEvent happened, TransferDirection record) => happened switch
    {
        SupplyEvent.Prepared e => new("originate", true, e.By, Moves: true),
        SupplyEvent.ContentStored e => new("receive", true, Details: [("item", e.Ref)]),
        SupplyEvent.ContentRejected e => new("destroy", true, Failed: true, Details: [("item", e.Ref), ("found-digest", e.FoundDigest)]),
        SupplyEvent.Offered e => new("disclose", true, e.By, e.Offer.ActDigest, Moves: true, Details: Terms(e.Offer)),
        SupplyEvent.AcceptanceReceived e => new("receive", false, null, e.ActDigest, Moves: true),
        SupplyEvent.KeyReleased e => new("disclose", true, Moves: true, Details: [("share-digest", e.ShareDigest)]),
        SupplyEvent.FetchGranted e => new("transmit", false, Details: [("item", e.Ref)]),
        SupplyEvent.Lapsed e => new("deprecate", true, Details: [("ground", EnumCode.Of(e.Reason))]),
        SupplyEvent.Stopped e => new("deprecate", true, Details: [("ground", EnumCode.Of(e.Ground))]),
        SupplyEvent.CertificateReceived e => new("receive", false, null, e.ActDigest, Moves: true),
        SupplyEvent.CertificateFellDue e => new("deprecate", true, Details: Optional("due-since", e.DueAt)),
        HoldingEvent.OfferReceived e => new("receive", true, null, e.Offer.ActDigest, Moves: true, Details: Terms(e.Offer)),
        HoldingEvent.Accepted e => new("attest", false, e.By, e.ActDigest, Moves: true),
        HoldingEvent.ItemFetched e => new("receive", false, Moves: true, Details: [("item", e.Ref)]),
        HoldingEvent.ItemRejected e => new("destroy", false, Failed: true, Details: [("item", e.Ref), ("found-digest", e.FoundDigest)]),
        HoldingEvent.ShareReceived e => new("receive", true, Moves: true, Details: [("share-digest", e.ShareDigest)]),
        HoldingEvent.ShareMismatchReported e => new("report", false, e.By, Failed: true, Details: [("item", e.Ref), ("ground", EnumCode.Of(e.Incident)), ("found-digest", e.FoundDigest)]),
        HoldingEvent.RetentionStarted e => new("amend", false, e.By, Details: [("trigger", e.Trigger)]),
        HoldingEvent.Reviewed e => new("verify", false, e.By, Details: [("review", EnumCode.Of(e.Outcome)), .. Optional("next-review", e.NextReview)]),
        HoldingEvent.ReviewFellDue e => new("deprecate", false, Details: Optional("due-since", e.DueAt)),
        HoldingEvent.HoldPlaced e => new("hold", false, e.By, Details: Held(e)),
        HoldingEvent.HoldRenewed e => new("hold", false, e.By, Details: [("hold", e.Hold.ToString()), .. Optional("until", e.Until)]),
        HoldingEvent.HoldEnded e => new("unhold", false, Details: [("hold", e.Hold.ToString()), .. Optional("until", e.Until)]),
        HoldingEvent.HoldLifted e => new("unhold", false, e.By, Details: [("hold", e.Hold.ToString())]),
        HoldingEvent.CustodyRecorded e => new("report", false, e.By, e.Record, Moves: true, Details: [("copy", e.Copy), ("copy-state", EnumCode.Of(e.State))]),
        HoldingEvent.DestructionDue e => new("deprecate", false, Details: Optional("due-since", e.DueAt)),
        HoldingEvent.DestructionOrdered e => new("deprecate", false, e.Order.By, Details: Order(e)),
        HoldingEvent.ErasureStarted => new("destroy", false),
        HoldingEvent.KeyDestroyed e => new("destroy", false, Details: Optional("unrecoverable-from", e.UnrecoverableFrom)),
        HoldingEvent.CiphertextDeleted => new("destroy", false),
        HoldingEvent.ErasureCompleted => new("destroy", false, Moves: true),
        HoldingEvent.CertificateSent e => new("attest", false, e.By, e.ActDigest, Moves: true),
        HoldingEvent.CertificateReceipted => new("receive", true),
        HoldingEvent.OfferLapsed e => new("deprecate", false, Details: [("ground", EnumCode.Of(e.Reason))]),
        UseEvent.UseReported e => new("report", false, e.By, Details: [.. Refs(e.Items.Select(item => item.Ref))]),
        UseEvent.UseReportReceived e => new("receive", false, null, e.Report, Details: [.. Refs(e.Items.Select(item => item.Ref))]),
        UseEvent.OnwardRequested e => new("report", false, e.By, e.Asked, Details: [("recipient", e.To.Jurisdiction), ("onward-purpose", e.Purpose), .. Refs(e.Items)]),
        UseEvent.OnwardRequestReceived e => new("receive", false, null, e.Asked, Details: [("recipient", e.To.Jurisdiction), ("onward-purpose", e.Purpose), .. Refs(e.Items)]),
        UseEvent.OnwardDecided e => new("attest", true, e.By, e.ActDigest, Moves: true, Details: [("outcome", EnumCode.Of(e.Outcome))]),
        UseEvent.OnwardDecisionReceived e => new("receive", true, null, e.ActDigest, Moves: true, Details: [("outcome", EnumCode.Of(e.Outcome))]),
        UseEvent.BreachFound e => new("report", false, Failed: true, Details: [("breach", EnumCode.Of(e.Kind)), ("item", e.Ref), .. Optional("due-since", e.DueAt)]),
        // Either side can report an incident: which one this is follows from the direction of the record.
        UseEvent.IncidentReported e => new("report", record == TransferDirection.Outgoing, e.By, e.Notice, Failed: true, Details: [("incident", EnumCode.Of(e.Kind)), .. Refs(e.Items)]),
        UseEvent.IncidentNoticed e => new("receive", record == TransferDirection.Incoming, null, e.Notice, Failed: true, Details: [("incident", EnumCode.Of(e.Kind)), .. Refs(e.Items)]),
        UseEvent.ContainmentLifted e => new("unhold", record == TransferDirection.Outgoing, e.By, e.Notice),
        UseEvent.DestructionDemanded e => new("deprecate", true, e.By, e.ActDigest, Moves: true, Details: Demanded(e.Ground, e.LegalReference, e.NotBefore)),
        UseEvent.DestructionDemandReceived e => new("receive", true, null, e.ActDigest, Moves: true, Details: Demanded(e.Ground, e.LegalReference, e.NotBefore)),
        UseEvent.DestructionDeferred e => new("hold", false, null, e.Demand, Details: [.. Optional("until", e.Until)]),
        UseEvent.DestructionDeferralNoticed e => new("receive", false, null, e.Demand, Details: [.. Optional("until", e.Until)]),
        UseEvent.RemedyLodged e => new("report", record == TransferDirection.Outgoing, e.By, e.Lodged, Details: Lodged(e.Suspensive, e.LegalReference)),
        UseEvent.RemedyNoticed e => new("receive", record == TransferDirection.Incoming, null, e.Lodged, Details: Lodged(e.Suspensive, e.LegalReference)),
        UseEvent.RemedyDecided e => new("attest", record == TransferDirection.Outgoing, e.By, e.ActDigest, Details: [("outcome", EnumCode.Of(e.Outcome)), ("legal-reference", e.LegalReference)]),
        UseEvent.RemedyDecisionNoticed e => new("receive", record == TransferDirection.Incoming, null, e.ActDigest, Details: [("outcome", EnumCode.Of(e.Outcome)), ("legal-reference", e.LegalReference)]),
        UseEvent.ItemActed e => new(e.Step.Act switch { CustodyAct.Collected => "originate", CustodyAct.Destroyed => "destroy", CustodyAct.Copied => "amend", _ => "report" },
            record == TransferDirection.Outgoing, e.By, e.Step.Record, Moves: true, Details: Acted(e.Step)),
        UseEvent.ItemDisclosed e => new("disclose", record == TransferDirection.Outgoing, e.By, e.Step.Record, Moves: true, Details: Acted(e.Step)),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} is not told in FHIR."),
    };

    private static (string, string)[] Acted(CustodyStep step) =>
        [("act", EnumCode.Of(step.Act)), ("copy", step.Copy.Split('/')[^1]), .. Text("item", step.Ref), .. Text("previous", step.Previous), .. Text("onward-purpose", step.Purpose), .. Text("recipient", step.To?.Jurisdiction)];

    private static (string, string)[] Text(string name, string? value) => value is null ? [] : [(name, value)];

    private static IEnumerable<(string, string)> Refs(IEnumerable<string> items) => items.Select(item => ("item", item));

    private static (string, string)[] Terms(OfferDigests offer) => [("conditions-digest", offer.ConditionsDigest), ("terms-digest", offer.TermsDigest)];

    private static (string, string)[] Held(HoldingEvent.HoldPlaced e) => e.Terms is not { } terms ? [("hold", e.Hold.ToString())]
        : [("hold", e.Hold.ToString()), ("ground", EnumCode.Of(terms.Basis)), ("legal-reference", terms.LegalReference), ("authority", terms.Authority), .. Optional("until", terms.Until)];

    private static (string, string)[] Demanded(ErasureGround ground, string legalReference, DateTimeOffset notBefore) =>
        [("ground", EnumCode.Of(ground)), ("legal-reference", legalReference), .. Optional("not-before", notBefore)];

    private static (string, string)[] Lodged(bool suspensive, string legalReference) => [("suspensive", suspensive ? "yes" : "no"), ("legal-reference", legalReference)];

    private static (string, string)[] Order(HoldingEvent.DestructionOrdered e) =>
        Demanded(e.Order.Ground, e.Order.LegalReference, e.Order.NotBefore);

    private static (string, string)[] Optional(string name, DateTimeOffset? instant) => instant is { } known ? [(name, FhirInstant.Text(known))] : [];
}

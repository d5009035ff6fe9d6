using System.Collections;
using MlatExchange.Domain;

namespace MlatExchange.Specs;

/// <summary>
/// Events are kept for ever and read by many: they may hold codes, digests and ids, and nothing that can carry a name, a selector, a file number or
/// words. A member that is not listed here fails until someone has looked at what it can hold.
/// </summary>
public sealed class EventPrivacySpecs
{
    /// <summary>Values of a closed set, of a rule pack or of the trust list.</summary>
    private static readonly string[] Codes =
    [
        "ItemFacts.Holder", "ItemFacts.Infrastructure", "ItemFacts.Label", "OffenceFacts.PriorProceedings", "RequestFacts.FundamentalRights", "RequestFacts.OnwardTransfer",
        "ConditionLimit.Condition", "ItemUse.Purpose", "OnwardRecipient.Jurisdiction", "OnwardRecipient.Authority", "OnwardRequested.Purpose", "OnwardRequestReceived.Purpose",
        "OnwardDecided.Conditions", "OnwardDecisionReceived.Conditions",
        "TermEnded.Term", "Objected.Ground", "DelayAnnounced.Ground", "Forwarded.Authority", "EnforcementNotified.Authority", "EnforcementAsked.Authority",
        "Official.Role", "Official.Authority", "AuthorityRef.Jurisdiction", "AuthorityRef.Authority", "IssuerFacts.Jurisdiction", "IssuerFacts.Authority",
        "IssuerFacts.Kind", "LegalBasis.Instrument", "LegalBasis.Jurisdiction", "OffenceFacts.AnnexCategory", "OffenceFacts.Nature", "OffenceFacts.CommittedIn",
        "UrgencyFacts.Kind", "UrgencyFacts.Threat", "PersonFacts.Category", "PersonFacts.Role", "PersonFacts.Residence", "PersonFacts.Profession",
        "ItemFacts.DataCategory", "ItemFacts.Measure", "ItemFacts.IdentifierType", "ItemFacts.Options", "NecessityFacts.Purpose", "RetentionTerms.Trigger",
        "RetentionTerms.Disposal", "Condition.Type", "RequestFacts.Instrument", "RequestFacts.Proceedings", "RequestFacts.Language",
        "RequestFacts.ValidatingAuthority", "AssessmentSummary.RulePack", "AssessmentSummary.Branch", "FindingSummary.Rule", "FindingSummary.Cure",
        "StatedAssessment.RulePack", "StatedAssessment.Overrides", "StatedFinding.Rule", "AssessmentDifference.Rule", "Term.Rule", "Term.OnExpiry",
        "ItemDecision.Ground", "ItemDecision.Conditions", "FixedAct.ValidatingAuthority", "Received.Sender", "Received.ValidatingAuthority",
        "WithdrawnBySender.Ground", "ReceiptRecorded.Step", "FindingOverridden.Rule", "Prepared.Recipient", "OfferReceived.Supplier", "EvidenceItem.MediaType",
        "EvidenceItem.DataCategory", "EvidenceItem.SubjectCategory", "EvidenceItem.Handling", "EvidenceItem.Conditions", "EvidenceItem.Tool",
        "RetentionStarted.Trigger", "LegalHold.Authority", "ErasureOrder.Classes", "ConsultationOpened.Body", "TransfersConsulted.Body", "MessageSigned.Kind", "MessageSigned.Counterpart",
        "MessageAccepted.Kind", "MessageAccepted.Counterpart", "MessageRefused.Kind", "MessageRefused.Counterpart", "MessageRefused.Rule", "MessageHeld.Kind",
        "MessageHeld.Counterpart", "EquivocationFound.Counterpart", "ThreadAct.Kind", "ThreadReceipt.Receipt", "Relayed.Counterpart",
        "PackInUse.Pack", "CustodyStep.Place", "CustodyStep.Tool", "CustodyStep.Purpose", "RecordsListed.Counterpart", "RecordsCompared.Counterpart",
    ];

    /// <summary>Articles and named laws.</summary>
    private static readonly string[] Citations =
    [
        "LegalBasis.Article", "OffenceFacts.Directive", "FindingSummary.Source", "RetentionTerms.LegalReference", "ErasureOrder.LegalReference",
        "ItemDecision.Citation", "DestructionDemanded.LegalReference", "DestructionDemandReceived.LegalReference", "RemedyLodged.LegalReference", "RemedyNoticed.LegalReference",
        "RemedyDecided.LegalReference", "RemedyDecisionNoticed.LegalReference", "LegalHold.LegalReference", "TermEnded.Source", "Objected.Citation", "CustodyStep.Basis",
    ];

    /// <summary>SHA-256, HMAC-SHA-256 and thumbprints of keys.</summary>
    private static readonly string[] Digests =
    [
        "UseReportReceived.Report", "OnwardRequested.Asked", "OnwardRequestReceived.Asked", "OnwardDecided.Asked", "OnwardDecided.ActDigest", "OnwardDecisionReceived.Asked",
        "OnwardDecisionReceived.ActDigest", "IncidentReported.Notice", "IncidentNoticed.Notice", "ContainmentLifted.Notice",
        "DestructionDemanded.ActDigest", "DestructionDemandReceived.ActDigest", "DestructionDeferred.Demand", "DestructionDeferralNoticed.Demand", "RemedyLodged.Lodged", "RemedyNoticed.Lodged", "RemedyDecided.Lodged",
        "RemedyDecided.ActDigest", "RemedyDecisionNoticed.Lodged", "RemedyDecisionNoticed.ActDigest", "Objected.ActDigest", "EnforcementNotified.MessageDigest", "DelayAnnounced.MessageDigest", "Forwarded.MessageDigest",
        "PreservationExtended.MessageDigest", "PreservationDenied.MessageDigest", "PreservationStatusReceived.MessageDigest", "EnforcementAsked.MessageDigest",
        "ProductionAnnounced.MessageDigest", "ProductionAnnounced.Production", "ClarificationAsked.MessageDigest", "ClarificationAnswered.Answers", "ClarificationReceived.MessageDigest", "AssessmentSummary.PackDigest", "AssessmentSummary.InputsDigest", "StatedAssessment.PackDigest", "StatedAssessment.InputsDigest",
        "FixedAct.PayloadDigest", "FixedAct.EvidenceKey", "ActSigned.ActDigest", "ActSigned.Key", "Validated.ActDigest", "ReceiptRecorded.MessageDigest",
        "Acknowledged.MessageDigest", "DecisionReceived.ActDigest", "Withdrawn.ActDigest", "Received.ActDigest", "Received.EvidenceKey",
        "ValidationReceived.ActDigest", "Decided.ActDigest", "WithdrawnBySender.ActDigest", "EvidenceItem.Digest", "EvidenceItem.Commitment",
        "EvidenceItem.WrappedShareDigest", "EvidenceItem.NodeShareDigest", "OfferDigests.ActDigest", "OfferDigests.ConditionsDigest", "OfferDigests.TermsDigest",
        "ContentRejected.FoundDigest", "AcceptanceReceived.ActDigest", "AcceptanceReceived.TransferKey", "KeyReleased.ShareDigest",
        "CertificateReceived.ActDigest", "Accepted.ActDigest", "Accepted.TransferKey", "ItemRejected.FoundDigest", "ShareReceived.ShareDigest",
        "ShareMismatchReported.FoundDigest", "CustodyRecorded.Record", "CertificateSent.ActDigest", "CertificateReceipted.MessageDigest",
        "TransfersConsulted.Parameters", "MessageSigned.Digest", "MessageSigned.Answers", "MessageAccepted.Digest", "MessageRefused.Digest", "MessageHeld.Digest",
        "EquivocationFound.Digest", "EquivocationFound.First", "ThreadAct.Digest", "ThreadReceipt.Of", "Relayed.Messages",
        "PackInUse.Digest", "PackInUse.SignedBy", "CustodyStep.Record", "CustodyStep.Previous", "EvidenceItem.Custody", "RecordsCompared.Report",
    ];

    /// <summary>Random ids, names of streams and data keys made of them, and references inside one request or transfer.</summary>
    private static readonly string[] Ids =
    [
        "RemedyLodged.Person", "RemedyNoticed.Person", "ItemUses.Ref", "OnwardRequested.Items", "OnwardRequestReceived.Items", "BreachFound.Ref", "IncidentReported.Items", "IncidentNoticed.Items", "OfficialId.Value",
        "OfferMade.Transfer", "EnforcementNotified.Items", "ClarificationAsked.Items", "PreservedItem.Ref", "PreservationExtended.Items", "PreservationDenied.Items", "PreservationEnded.Items", "EnforcementAsked.Items",
        "ProductionAnnounced.Items", "PersonFacts.Ref", "ItemFacts.Ref", "ItemFacts.Person", "Condition.Items", "FindingSummary.Items", "StatedFinding.Items",
        "AssessmentDifference.TheirItems", "AssessmentDifference.OurItems", "ItemDecision.Ref", "FixedAct.Act", "Drafted.Thread", "Received.Thread", "Received.Act",
        "OfferReceived.Transfer", "Prepared.Transfer", "EvidenceItem.Ref", "EvidenceItem.RequestItem", "ContentStored.Ref", "ContentRejected.Ref",
        "FetchGranted.Ref", "ItemFetched.Ref", "ItemRejected.Ref", "ShareMismatchReported.Ref", "ItemDue.Ref", "CustodyRecorded.Copy", "CustodyRecorded.Ref",
        "MessageSigned.Jti", "MessageSigned.Case", "MessageSigned.Key", "MessageAccepted.Jti", "MessageAccepted.Case", "MessageAccepted.Key", "MessageRefused.Jti",
        "MessageRefused.Key", "MessageHeld.Jti", "EquivocationFound.Jti", "EquivocationFound.Key", "ThreadAct.Id",
        "KeyErasureOrdered.Key", "CustodyStep.Ref", "CustodyStep.Copy",
    ];

    [Fact]
    public void No_event_has_a_member_that_could_carry_a_name_a_selector_or_words()
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        var visited = new HashSet<Type>();
        foreach (var type in EventNames.Domain.Keys) Visit(type, texts, visited);
        string[] listed = [.. Codes, .. Citations, .. Digests, .. Ids];
        Assert.Equal([], texts.Except(listed).Order());
        Assert.Equal([], listed.Except(texts).Order());
        Assert.Equal(listed.Length, listed.Distinct().Count());
    }

    /// <summary>Collects the text members reachable from an event; a type that is neither a closed value nor a record of the domain has no place in one.</summary>
    private static void Visit(Type type, HashSet<string> texts, HashSet<Type> visited)
    {
        if (!visited.Add(type)) return;
        foreach (var property in type.GetProperties().Where(property => property.GetIndexParameters().Length == 0 && !property.GetMethod!.IsStatic))
        {
            var held = Held(property.PropertyType);
            if (held == typeof(string)) texts.Add($"{type.Name}.{property.Name}");
            else if (held.Assembly == typeof(EventNames).Assembly) Visit(held, texts, visited);
            else Assert.True(IsClosed(held), $"{type.Name}.{property.Name} is a {held}: events hold codes, digests and ids.");
        }
    }

    private static Type Held(Type type)
    {
        var held = Nullable.GetUnderlyingType(type) ?? type;
        return held != typeof(string) && held.IsGenericType && typeof(IEnumerable).IsAssignableFrom(held) && held.GetGenericArguments() is [var item] ? item : held;
    }

    private static bool IsClosed(Type type) =>
        type.IsEnum || type == typeof(bool) || type == typeof(int) || type == typeof(long) || type == typeof(Guid) || type == typeof(DateTimeOffset) || type == typeof(DateOnly);
}

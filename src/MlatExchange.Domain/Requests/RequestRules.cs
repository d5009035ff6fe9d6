using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Requests;

/// <summary>Rules of procedure on the requesting side. A broken one is a 409 with the slug.</summary>
public static class RequestRules
{
    public static readonly Rule DraftFirst = new("draft-first", "There is no such request yet.", "design");

    public static readonly Rule AlreadyDrafted = new("already-drafted", "The request was drafted already; change it by a revision.", "design");

    public static readonly Rule RevisionSuperseded = new("revision-superseded", "Another version was written in between: look at it before revising again.", "design");

    public static readonly Rule FourEyes = new("four-eyes", "Whoever drafted, revised or assessed a request may not approve it.", "design");

    public static readonly Rule ApprovalFirst = new("approval-first", "A second official must approve the transmission first.", "design");

    public static readonly Rule BytesFixed = new("bytes-fixed", "The first approval fixed the bytes of the act: only a revision, which voids the approvals, can change them.", "design");

    public static readonly Rule OtherBytes = new("other-bytes", "Approval and signature cover exactly the bytes fixed at the first approval, or none.", "design");

    public static readonly Rule SignatureFirst = new("signature-first", "The issuing authority must sign first.", "design");

    public static readonly Rule IssuingAuthorityOnly = new("issuing-authority-only", "Only an official of the issuing authority may do this.", "EEV 4, EIO 2(c)");

    public static readonly Rule ValidationModeDiffers = new("validation-mode-differs", "The act must ask for the validation that the assessment calls for, no less and no more.", "EEV 4");

    public static readonly Rule ValidatingAuthorityMissing = new("validating-authority-missing", "An act that needs validation must name the validating authority.", "EEV 4");

    public static readonly Rule ValidationFirst = new("validation-first", "Nothing leaves before the validating authority has granted it.", "EEV 4(1)-(3)");

    public static readonly Rule ValidationNotExpected = new("validation-not-expected", "This request asks for no validation.", "EEV 4");

    public static readonly Rule ValidationOfOtherAct = new("validation-of-other-act", "The validation names another act.", "EEV 4");

    public static readonly Rule ValidatingAuthorityOnly = new("validating-authority-only", "Only a judge of the validating authority named in the act may validate.", "EEV 4(1)-(3)");

    public static readonly Rule SignerMayNotValidate = new("signer-may-not-validate", "Whoever signed a request may not validate it.", "EEV 4(1)-(3)");

    public static readonly Rule ValidationDoesNotCure = new("validation-does-not-cure", "A block stands even with the validating authority's competence.", "EEV 4");

    public static readonly Rule ValidationTooLate = new("validation-too-late", "The 48 hours are over: the request must be withdrawn and the data destroyed.", "EEV 4(5)");

    public static readonly Rule AlreadyValidated = new("already-validated", "The validating authority has said the opposite already.", "EEV 4");

    public static readonly Rule ValidationWasRefused = new("validation-was-refused", "The validating authority refused: the request is at an end.", "EEV 4");

    public static readonly Rule AlreadySent = new("already-sent", "The request has left: it can be withdrawn, not changed.", "design");

    public static readonly Rule WithdrawalActFirst = new("withdrawal-act-first", "A request that has left is withdrawn by a signed act only.", "EEV 4(5), EIO 6");

    public static readonly Rule GroundDoesNotHold = new("ground-does-not-hold", "The ground of the withdrawal does not fit what happened.", "EEV 4(5)");

    public static readonly Rule WasWithdrawn = new("was-withdrawn", "The request was withdrawn.", "design");

    public static readonly Rule IsClosed = new("is-closed", "The request is closed.", "design");

    public static readonly Rule NoSuchItem = new("no-such-item", "The request has no such item.", "design");

    public static readonly Rule DecisionsOpen = new("decisions-open", "Items wait for a decision, or were postponed.", "design");

    public static readonly Rule TransfersOpen = new("transfers-open", "Evidence is still held or still comes: its destruction is not certified.", "design");

    public static readonly Rule TermRuns = new("term-runs", "The term has not run out, or its duty was met.", "design");

    public static readonly Rule NothingAsked = new("nothing-asked", "The executing side has asked nothing that waits for an answer.", "EEV 10(6)");

    public static readonly Rule NotToBePreserved = new("not-to-be-preserved", "The item is not to be preserved but to be produced.", "EEV 6, BC 29");

    public static readonly Rule ExtensionNotForeseen = new("extension-not-foreseen", "The instrument knows no extension: ask for production, or make a new request.", "EEV 11(1), BC 29(7)");

    public static readonly Rule PreservationOver = new("preservation-over", "The time of the preservation is over, or the data were let go.", "EEV 11(1), BC 29(7)");

    public static readonly Rule PreservationRuns = new("preservation-runs", "Data are still preserved for this request: withdraw it, or say that production follows.", "EEV 11(1), BC 29(7)");

    public static readonly Rule ProductionFirst = new("production-first", "A request that asks the same jurisdiction for production must have been sent.", "EEV 11(1), Annex V");

    public static readonly Rule EnforcementNotForeseen = new("enforcement-not-foreseen", "The instrument knows no enforcement by the other side.", "EEV 16");

    public static readonly Rule NotLate = new("not-late", "Enforcement is asked for when the time to produce is over and nothing was offered.", "EEV 16(1)");

    public static readonly Rule ObjectionToOtherAct = new("objection-to-other-act", "The objection names another act.", "EEV 12(1)");

    /// <summary>What the present stage asks for, when the command does not belong to it.</summary>
    internal static NotPermitted OutOfOrder(AssistanceRequest state) => new(state switch
    {
        AssistanceRequest.NotDrafted => DraftFirst,
        AssistanceRequest.Drafted => AssessmentRules.AssessmentFirst,
        AssistanceRequest.Assessed => ApprovalFirst,
        AssistanceRequest.Approved => SignatureFirst,
        AssistanceRequest.AwaitingValidation => ValidationFirst,
        AssistanceRequest.ValidationRefused => ValidationWasRefused,
        AssistanceRequest.Abandoned or AssistanceRequest.Withdrawn => WasWithdrawn,
        AssistanceRequest.Closed or AssistanceRequest.ClosedUnsent => IsClosed,
        _ => AlreadySent,
    });
}

using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Execution;

namespace MlatExchange.Domain.Requests;

/// <summary>What happened to a request on the requesting side. Stream <c>request-{uuid}</c>. Codes, digests and ids only.</summary>
public abstract record RequestEvent
{
    private RequestEvent()
    {
    }

    /// <summary>A draft was entered; its names, selectors and texts are in the vault.</summary>
    /// <param name="Thread">Wire id of the case between the two sides: 128 random bits, base64url; says nothing about the case.</param>
    [EventName("request.drafted.v1", "collection")]
    public sealed record Drafted(RequestFacts Facts, string Thread, Official By, DateTimeOffset At) : RequestEvent;

    /// <summary>The draft was changed: assessment, overrides and approvals of the version before are void.</summary>
    /// <param name="Revision">2 for the first revision, then one more each time.</param>
    [EventName("request.revised.v1", "alteration")]
    public sealed record Revised(RequestFacts Facts, int Revision, Official By, DateTimeOffset At) : RequestEvent;

    /// <summary>The rule pack was run over the current version.</summary>
    [EventName("request.assessed.v1", "consultation")]
    public sealed record Assessed(AssessmentSummary Assessment, Official By, DateTimeOffset At) : RequestEvent;

    /// <summary>A named official set a flag aside; the reason is in the vault.</summary>
    [EventName("request.finding-overridden.v1", "alteration")]
    public sealed record FindingOverridden(string Rule, Official By, DateTimeOffset At) : RequestEvent;

    /// <summary>A second official approved these bytes; the first approval fixes them.</summary>
    [EventName("request.transmission-approved.v1", "consultation")]
    public sealed record TransmissionApproved(FixedAct Act, Official By, DateTimeOffset At) : RequestEvent;

    /// <summary>The issuing authority's act key signed the approved bytes.</summary>
    /// <param name="ActDigest">SHA-256 over the JWS signing input, <c>sha-256:...</c>.</param>
    /// <param name="Key">RFC 7638 thumbprint of the act key.</param>
    [EventName("request.act-signed.v1", "alteration")]
    public sealed record ActSigned(string ActDigest, string Key, Official By, DateTimeOffset At) : RequestEvent;

    /// <summary>The request left: the message that carries it is signed in the same append.</summary>
    [EventName("request.sent.v1", "disclosure")]
    public sealed record Sent(DateTimeOffset At) : RequestEvent;

    /// <summary>The enforcing authority was notified with the request (EEV 8(1)): the message that tells it is signed in the same append.</summary>
    /// <param name="Authority">Its code, in the jurisdiction of the addressee.</param>
    /// <param name="Items">References of the items it was notified of.</param>
    [EventName("request.enforcement-notified.v1", "disclosure")]
    public sealed record EnforcementNotified(string Authority, IReadOnlyList<string> Items, DateTimeOffset At) : RequestEvent;

    /// <summary>The issuing authority asked the enforcing authority to enforce the order, which was not complied with in time (EEV 16(1)); the reason is in the vault.</summary>
    /// <param name="Authority">Code of the enforcing authority.</param>
    /// <param name="Items">References of the items.</param>
    [EventName("request.enforcement-asked.v1", "disclosure")]
    public sealed record EnforcementAsked(string Authority, IReadOnlyList<string> Items, Official By, DateTimeOffset At) : RequestEvent;

    /// <summary>The validating authority granted or refused; a refusal's reason is in the vault.</summary>
    /// <param name="ActDigest">Digest of the validation act.</param>
    /// <param name="Assessment">The rules run again with the validator's competence; absent when refused.</param>
    [EventName("request.validated.v1", "consultation")]
    public sealed record Validated(ValidationOutcome Outcome, string ActDigest, AssessmentSummary? Assessment, Official By, DateTimeOffset At) : RequestEvent;

    /// <summary>A receipt came in or was made here: a fact about the delivery of one of our messages.</summary>
    /// <param name="MessageDigest">Digest of the message the receipt is about.</param>
    /// <param name="Step">Name of the failed step when the receipt is negative.</param>
    [EventName("request.receipt-recorded.v1", "collection")]
    public sealed record ReceiptRecorded(ReceiptKind Receipt, string MessageDigest, string? Step, DateTimeOffset At) : RequestEvent;

    /// <summary>The executing authority acknowledged the request (EIO 16(1)).</summary>
    [EventName("request.acknowledged.v1", "collection")]
    public sealed record Acknowledged(string MessageDigest, DateTimeOffset At) : RequestEvent;

    /// <summary>The executing authority decided on items.</summary>
    [EventName("request.decision-received.v1", "collection")]
    public sealed record DecisionReceived(string ActDigest, IReadOnlyList<ItemDecision> Items, DateTimeOffset At) : RequestEvent;

    /// <summary>The executing authority offered evidence; the rest is in the stream <c>transfer-{transfer}</c>.</summary>
    [EventName("request.offer-received.v1", "collection")]
    public sealed record OfferReceived(string Transfer, DateTimeOffset At) : RequestEvent;

    /// <summary>The issuing authority took the request back; the reason is in the vault.</summary>
    /// <param name="ActDigest">Digest of the withdrawal act; absent when nothing had been sent, so that nobody need be told.</param>
    [EventName("request.withdrawn.v1", "alteration")]
    public sealed record Withdrawn(WithdrawalGround Ground, string? ActDigest, Official By, DateTimeOffset At) : RequestEvent;

    /// <summary>The executing side objects: what was transferred may not be used and is destroyed (EEV 12(1), 10(4)).</summary>
    /// <param name="ActDigest">Digest of the objection act.</param>
    /// <param name="Ground">Code of the ground; <paramref name="Citation"/> is the article it rests on.</param>
    [EventName("request.objected.v1", "collection")]
    public sealed record Objected(string ActDigest, string Ground, string? Citation, DateTimeOffset At) : RequestEvent;

    /// <summary>The executing side asks something before it goes on; the question is in the vault.</summary>
    /// <param name="MessageDigest">Digest of the message that asks.</param>
    /// <param name="Items">References of the items it is about; empty for the request as a whole.</param>
    [EventName("request.clarification-asked.v1", "collection")]
    public sealed record ClarificationAsked(string MessageDigest, IReadOnlyList<string> Items, DateTimeOffset At) : RequestEvent;

    /// <summary>The issuing authority answered; the answer is in the vault.</summary>
    /// <param name="Answers">Digest of the message that asked.</param>
    [EventName("request.clarification-answered.v1", "disclosure")]
    public sealed record ClarificationAnswered(string Answers, Official By, DateTimeOffset At) : RequestEvent;

    /// <summary>Another authority of the executing side deals with the request (EIO 7(6), 16(1)).</summary>
    /// <param name="MessageDigest">Digest of the acknowledgement that names it.</param>
    /// <param name="Authority">Its code.</param>
    [EventName("request.forwarded.v1", "collection")]
    public sealed record Forwarded(string MessageDigest, string Authority, DateTimeOffset At) : RequestEvent;

    /// <summary>The executing side says that it cannot keep the term that runs; its reason in words is in the vault.</summary>
    /// <param name="MessageDigest">Digest of the message that says so.</param>
    /// <param name="Ground">Code of the reason.</param>
    /// <param name="Until">By when it expects to be done; null where it does not say.</param>
    [EventName("request.delay-announced.v1", "collection")]
    public sealed record DelayAnnounced(string MessageDigest, string Ground, DateTimeOffset? Until, DateTimeOffset At) : RequestEvent;

    /// <summary>The issuing authority extended a preservation, as the instrument allows (EEV 11(1)).</summary>
    /// <param name="Items">References of the items.</param>
    /// <param name="Days">Length of the extension.</param>
    [EventName("request.preservation-extended.v1", "disclosure")]
    public sealed record PreservationExtended(IReadOnlyList<string> Items, int Days, Official By, DateTimeOffset At) : RequestEvent;

    /// <summary>The issuing authority said that production of what is preserved was asked for (EEV 11(1), Annex V).</summary>
    /// <param name="Production">Digest of the act that asks for it.</param>
    /// <param name="Items">References of the items of this request.</param>
    [EventName("request.production-announced.v1", "disclosure")]
    public sealed record ProductionAnnounced(string Production, IReadOnlyList<string> Items, Official By, DateTimeOffset At) : RequestEvent;

    /// <summary>The executing side says how what is to be preserved stands.</summary>
    /// <param name="MessageDigest">Digest of the message that says so.</param>
    [EventName("request.preservation-status-received.v1", "collection")]
    public sealed record PreservationStatusReceived(string MessageDigest, IReadOnlyList<PreservedItem> Items, DateTimeOffset At) : RequestEvent;

    /// <summary>A term ran out and its duty was not met. Recorded by the node itself, once per term.</summary>
    /// <param name="Term">Id of the term in the table of deadlines, such as <c>eev-production-emergency</c>.</param>
    /// <param name="Source">Article, such as <c>EEV 10(4)</c>.</param>
    [EventName("request.term-ended.v1", "alteration")]
    public sealed record TermEnded(string Term, string Source, DateTimeOffset DueAt, DateTimeOffset At) : RequestEvent;

    /// <summary>Nothing more is expected.</summary>
    [EventName("request.closed.v1", "alteration")]
    public sealed record Closed(Official By, DateTimeOffset At) : RequestEvent;
}

/// <summary>A request on the requesting side: one case per stage, holding only what that stage knows.</summary>
public abstract record AssistanceRequest
{
    private AssistanceRequest()
    {
    }

    /// <summary>Before the first event.</summary>
    public static AssistanceRequest Initial { get; } = new NotDrafted();

    /// <summary>The state as the API shows it, in kebab-case.</summary>
    public abstract string Name { get; }

    /// <summary>Name of the stream of the request <paramref name="id"/>.</summary>
    public static string StreamName(Guid id) => $"request-{id:D}";

    /// <summary>The state after <paramref name="events"/>.</summary>
    public static AssistanceRequest Fold(IEnumerable<RequestEvent> events) => events.Aggregate(Initial, Evolve);

    /// <summary>The state after one more event.</summary>
    /// <exception cref="InvalidOperationException">The event cannot follow: the stream was not written by this code.</exception>
    public static AssistanceRequest Evolve(AssistanceRequest state, RequestEvent happened) => (state, happened) switch
    {
        (NotDrafted, RequestEvent.Drafted e) => new Drafted(new Draft(e.Facts, e.Thread, 1, [e.By])),
        (BeforeSignature s, RequestEvent.Revised e) => new Drafted(new Draft(e.Facts, s.Draft.Thread, e.Revision, [.. s.Draft.Authors, e.By])),
        (Drafted s, RequestEvent.Assessed e) => new Assessed(s.Draft, new VersionAssessment(e.Assessment, [e.By], [])),
        (Assessed s, RequestEvent.Assessed e) => new Assessed(s.Draft, s.Assessment.RunAgain(e.Assessment, e.By)),
        (Assessed s, RequestEvent.FindingOverridden e) => s with { Assessment = s.Assessment with { Overrides = [.. s.Assessment.Overrides, e.Rule] } },
        (Assessed s, RequestEvent.TransmissionApproved e) => new Approved(s.Draft, s.Assessment, e.Act, [e.By]),
        (Approved s, RequestEvent.TransmissionApproved e) => s with { Approvers = [.. s.Approvers, e.By] },
        (Approved s, RequestEvent.ActSigned e) => new AwaitingValidation(new SignedRequest(s.Draft, s.Assessment, s.Act, s.Approvers, e.By, e.ActDigest, e.At)),
        (AwaitingValidation s, RequestEvent.Sent e) => new Sent(s.Request, Dispatch.Of(e.At, s.Validation)),
        (Dispatched s, RequestEvent.EnforcementNotified e) => s.With(s.Dispatch with { Notified = new(e.Authority, e.Items, e.At) }),
        (Dispatched s, RequestEvent.EnforcementAsked e) => s.With(s.Dispatch with { Enforcement = new(e.Items, e.At) }),
        (AwaitingValidation s, RequestEvent.Validated { Outcome: ValidationOutcome.Granted } e) => s with { Validation = e.Outcome },
        (AwaitingValidation s, RequestEvent.Validated { Outcome: ValidationOutcome.Refused }) => new ValidationRefused(s.Request),
        (BeforeSignature s, RequestEvent.Withdrawn e) => new Abandoned(s.Draft, e.Ground),
        (AwaitingValidation s, RequestEvent.Withdrawn e) => new Abandoned(s.Request.Draft, e.Ground),
        (Sent s, RequestEvent.Validated e) => s with { Dispatch = s.Dispatch with { Validation = e.Outcome, ValidatedAt = e.At } },
        (Sent s, RequestEvent.Withdrawn e) => new Withdrawn(s.Request, s.Dispatch, e.Ground, e.ActDigest!),
        (Abandoned s, RequestEvent.Closed) => new ClosedUnsent(s.Draft),
        (ValidationRefused s, RequestEvent.Closed) => new ClosedUnsent(s.Request.Draft),
        (Sent or Withdrawn, RequestEvent.Closed) => new Closed(((Dispatched)state).Request, ((Dispatched)state).Dispatch),
        (Dispatched s, RequestEvent.ReceiptRecorded e) => s.With(s.Dispatch with { Receipts = [.. s.Dispatch.Receipts, e] }),
        (Dispatched s, RequestEvent.Acknowledged e) => s.With(s.Dispatch with { AcknowledgedAt = e.At }),
        (Dispatched s, RequestEvent.DecisionReceived e) => s.With(s.Dispatch.Decided(e)),
        (Dispatched s, RequestEvent.OfferReceived e) => s.With(s.Dispatch with { Transfers = [.. s.Dispatch.Transfers, e.Transfer], OfferedAt = s.Dispatch.OfferedAt ?? e.At }),
        (Dispatched s, RequestEvent.ClarificationAsked e) => s.With(s.Dispatch with { Clarifications = [.. s.Dispatch.Clarifications, new(e.MessageDigest, e.At)] }),
        (Dispatched s, RequestEvent.ClarificationAnswered e) => s.With(s.Dispatch with
        {
            Clarifications = [.. s.Dispatch.Clarifications.Select(asked => asked.Message == e.Answers ? asked with { AnsweredAt = e.At } : asked)],
        }),
        (Dispatched s, RequestEvent.Forwarded e) => s.With(s.Dispatch with { ForwardedTo = e.Authority, ForwardedAt = e.At }),
        (Dispatched s, RequestEvent.DelayAnnounced e) => s.With(s.Dispatch with { Delays = [.. s.Dispatch.Delays, new(e.Ground, e.Until, e.At)] }),
        (Dispatched s, RequestEvent.PreservationExtended e) => s.With(s.Dispatch with { Preservation = s.Dispatch.Preservation with { ExtendedAt = e.At } }),
        (Dispatched s, RequestEvent.ProductionAnnounced e) => s.With(s.Dispatch with { Preservation = s.Dispatch.Preservation with { Production = e.Production, ProductionAt = e.At } }),
        (Dispatched s, RequestEvent.PreservationStatusReceived e) => s.With(s.Dispatch with { Preservation = s.Dispatch.Preservation.Hearing(e.MessageDigest).With(e.Items) }),
        (Dispatched s, RequestEvent.TermEnded e) => s.With(s.Dispatch with { EndedTerms = [.. s.Dispatch.EndedTerms, e.Term] }),
        (Dispatched s, RequestEvent.Objected e) => s.With(s.Dispatch with { ObjectedAt = e.At }),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot follow {state.GetType().Name}."),
    };

    /// <summary>No such request.</summary>
    public sealed record NotDrafted : AssistanceRequest
    {
        public override string Name => "not-drafted";
    }

    /// <summary>A version that can still be revised.</summary>
    public abstract record BeforeSignature(Draft Draft) : AssistanceRequest;

    /// <summary>The current version has no assessment.</summary>
    public sealed record Drafted(Draft Draft) : BeforeSignature(Draft)
    {
        public override string Name => "draft";
    }

    /// <summary>The current version was assessed.</summary>
    public sealed record Assessed(Draft Draft, VersionAssessment Assessment) : BeforeSignature(Draft)
    {
        public override string Name => "assessed";
    }

    /// <summary>The bytes are fixed.</summary>
    public sealed record Approved(Draft Draft, VersionAssessment Assessment, FixedAct Act, IReadOnlyList<Official> Approvers) : BeforeSignature(Draft)
    {
        public override string Name => "approved";
    }

    /// <summary>Signed, nothing has left. <paramref name="Validation"/> is granted only between two events of one append.</summary>
    public sealed record AwaitingValidation(SignedRequest Request, ValidationOutcome? Validation = null) : AssistanceRequest
    {
        public override string Name => "awaiting-validation";
    }

    /// <summary>The validating authority refused before anything left: it can only be closed.</summary>
    public sealed record ValidationRefused(SignedRequest Request) : AssistanceRequest
    {
        public override string Name => "validation-refused";
    }

    /// <summary>Given up before anything left: it can only be closed.</summary>
    public sealed record Abandoned(Draft Draft, WithdrawalGround Ground) : AssistanceRequest
    {
        public override string Name => "withdrawn";
    }

    /// <summary>Finished without ever having left.</summary>
    public sealed record ClosedUnsent(Draft Draft) : AssistanceRequest
    {
        public override string Name => "closed";
    }

    /// <summary>The request has left; what arrives is recorded whatever the stage, because crossing messages are normal.</summary>
    public abstract record Dispatched(SignedRequest Request, Dispatch Dispatch) : AssistanceRequest
    {
        internal Dispatched With(Dispatch dispatch) => this with { Dispatch = dispatch };
    }

    /// <summary>With the other side.</summary>
    public sealed record Sent(SignedRequest Request, Dispatch Dispatch) : Dispatched(Request, Dispatch)
    {
        public override string Name => Dispatch.Progress;

        /// <summary>Until when an emergency must be validated (EEV 4(5)), UTC; null where no validation is owed afterwards.</summary>
        public DateTimeOffset? ValidationDue =>
            Request.Act.Validation == ValidationMode.Within48Hours ? Dispatch.SentAt.AddHours(Request.Assessment.Summary.Watch?.Hours ?? 48) : null;
    }

    /// <summary>Taken back after it had left.</summary>
    public sealed record Withdrawn(SignedRequest Request, Dispatch Dispatch, WithdrawalGround Ground, string ActDigest) : Dispatched(Request, Dispatch)
    {
        public override string Name => "withdrawn";
    }

    /// <summary>Finished.</summary>
    public sealed record Closed(SignedRequest Request, Dispatch Dispatch) : Dispatched(Request, Dispatch)
    {
        public override string Name => "closed";
    }
}

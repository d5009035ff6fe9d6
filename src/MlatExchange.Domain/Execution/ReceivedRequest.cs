using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Execution;

/// <summary>What happened to a request on the requested side. Stream <c>received-{uuid}</c>. Codes, digests and ids only.</summary>
public abstract record ExecutionEvent
{
    private ExecutionEvent()
    {
    }

    /// <summary>A verified request act arrived. Marked <c>before</c> without a validation it is held: it has an effect only once validated.</summary>
    /// <param name="Sender">The requesting jurisdiction, from the trust store and not from the act.</param>
    /// <param name="Act">Id of the act; <paramref name="ActDigest"/> SHA-256 over its JWS signing input.</param>
    /// <param name="Stated">The assessment as the sender declares it.</param>
    /// <param name="ValidatingAuthority">Code of the sender's authority that must validate; null only with mode none.</param>
    /// <param name="EvidenceKey">RFC 7638 thumbprint of the key that evidence is to be sealed to.</param>
    [EventName("received.received.v1", "collection")]
    public sealed record Received(
        RequestFacts Facts,
        string Sender,
        string Thread,
        string Act,
        string ActDigest,
        StatedAssessment Stated,
        ValidationMode Validation,
        string? ValidatingAuthority,
        string EvidenceKey,
        DateTimeOffset At) : ExecutionEvent;

    /// <summary>The sender's validating authority granted or refused.</summary>
    /// <param name="ActDigest">Digest of the validation act.</param>
    [EventName("received.validation-received.v1", "collection")]
    public sealed record ValidationReceived(ValidationOutcome Outcome, string ActDigest, DateTimeOffset At) : ExecutionEvent;

    /// <summary>The same rules were run here, and compared with what the sender declares.</summary>
    [EventName("received.assessed.v1", "consultation")]
    public sealed record Assessed(AssessmentSummary Assessment, AssessmentComparison Comparison, DateTimeOffset At) : ExecutionEvent;

    /// <summary>A named official set a flag of the own assessment aside; the reason is in the vault.</summary>
    [EventName("received.finding-overridden.v1", "alteration")]
    public sealed record FindingOverridden(string Rule, Official By, DateTimeOffset At) : ExecutionEvent;

    /// <summary>An official opened the request for the first time; a retrieval receipt follows.</summary>
    [EventName("received.retrieved.v1", "consultation")]
    public sealed record Retrieved(Official By, DateTimeOffset At) : ExecutionEvent;

    /// <summary>The request was acknowledged to the sender (EIO 16(1)).</summary>
    [EventName("received.acknowledged.v1", "disclosure")]
    public sealed record Acknowledged(DateTimeOffset At) : ExecutionEvent;

    /// <summary>The executing authority decided on items; reasons and values of conditions are in the act and the vault.</summary>
    /// <param name="ActDigest">Digest of the decision act.</param>
    [EventName("received.decided.v1", "disclosure")]
    public sealed record Decided(string ActDigest, IReadOnlyList<ItemDecision> Items, Official By, DateTimeOffset At) : ExecutionEvent;

    /// <summary>Evidence was offered to the sender; the rest is in the stream <c>transfer-{transfer}</c>.</summary>
    [EventName("received.offer-made.v1", "disclosure")]
    public sealed record OfferMade(string Transfer, DateTimeOffset At) : ExecutionEvent;

    /// <summary>The sender notified the enforcing authority (EEV 8(1)).</summary>
    /// <param name="MessageDigest">Digest of the message that notifies.</param>
    /// <param name="Authority">Code of the enforcing authority.</param>
    /// <param name="Items">References of the items it was notified of.</param>
    [EventName("received.enforcement-notified.v1", "collection")]
    public sealed record EnforcementNotified(string MessageDigest, string Authority, IReadOnlyList<string> Items, DateTimeOffset At) : ExecutionEvent;

    /// <summary>The sender asks that an order that was not complied with be enforced (EEV 16(1)); its reason is in the vault.</summary>
    /// <param name="MessageDigest">Digest of the message that asks.</param>
    /// <param name="Items">References of the items.</param>
    [EventName("received.enforcement-asked.v1", "collection")]
    public sealed record EnforcementAsked(string MessageDigest, IReadOnlyList<string> Items, DateTimeOffset At) : ExecutionEvent;

    /// <summary>The executing side raised a ground for refusal after the request, or the data, had gone ahead (EEV 12(1)).</summary>
    /// <param name="ActDigest">Digest of the objection act.</param>
    [EventName("received.objected.v1", "disclosure")]
    public sealed record Objected(string ActDigest, string Ground, string? Citation, Official By, DateTimeOffset At) : ExecutionEvent;

    /// <summary>The executing authority asks the sender something before it goes on; the question is in the vault.</summary>
    /// <param name="Items">References of the items it is about; empty for the request as a whole.</param>
    [EventName("received.clarification-asked.v1", "disclosure")]
    public sealed record ClarificationAsked(IReadOnlyList<string> Items, Official By, DateTimeOffset At) : ExecutionEvent;

    /// <summary>The sender answered the open question; the answer is in the vault.</summary>
    /// <param name="MessageDigest">Digest of the message that answers.</param>
    [EventName("received.clarification-received.v1", "collection")]
    public sealed record ClarificationReceived(string MessageDigest, DateTimeOffset At) : ExecutionEvent;

    /// <summary>The request was passed on to the competent authority; the reason is in the vault.</summary>
    /// <param name="Authority">Code of the authority that deals with it from here on.</param>
    [EventName("received.forwarded.v1", "disclosure")]
    public sealed record Forwarded(string Authority, Official By, DateTimeOffset At) : ExecutionEvent;

    /// <summary>The executing authority says that it cannot keep the term that runs; its reason in words is in the vault.</summary>
    /// <param name="Ground">Code of the reason, such as <c>volume</c>.</param>
    /// <param name="Until">By when it expects to be done.</param>
    [EventName("received.delay-announced.v1", "disclosure")]
    public sealed record DelayAnnounced(string Ground, DateTimeOffset Until, Official By, DateTimeOffset At) : ExecutionEvent;

    /// <summary>The executing authority says what is preserved and until when, or that it cannot be.</summary>
    [EventName("received.preservation-reported.v1", "disclosure")]
    public sealed record PreservationReported(IReadOnlyList<PreservedItem> Items, Official By, DateTimeOffset At) : ExecutionEvent;

    /// <summary>The sender extended the preservation, as its instrument allows (EEV 11(1)).</summary>
    /// <param name="MessageDigest">Digest of the message that extends it.</param>
    /// <param name="Items">References of the items.</param>
    /// <param name="Until">New end; null while the clock stands still.</param>
    [EventName("received.preservation-extended.v1", "collection")]
    public sealed record PreservationExtended(string MessageDigest, IReadOnlyList<string> Items, DateTimeOffset? Until, DateTimeOffset At) : ExecutionEvent;

    /// <summary>The sender's word about a preservation has no effect in law, because it came too late or the instrument does not know it.</summary>
    /// <param name="MessageDigest">Digest of the message.</param>
    /// <param name="Items">References of the items it was about.</param>
    [EventName("received.preservation-denied.v1", "collection")]
    public sealed record PreservationDenied(string MessageDigest, PreservationDenial Ground, IReadOnlyList<string> Items, DateTimeOffset At) : ExecutionEvent;

    /// <summary>The sender says that production follows: what is preserved is kept until it is produced.</summary>
    /// <param name="MessageDigest">Digest of the message that says so.</param>
    /// <param name="Production">Digest of the act that asks for production; null where the sender does not name it.</param>
    /// <param name="Items">References of the items.</param>
    [EventName("received.production-announced.v1", "collection")]
    public sealed record ProductionAnnounced(string MessageDigest, string? Production, IReadOnlyList<string> Items, DateTimeOffset At) : ExecutionEvent;

    /// <summary>What was preserved was let go: its time was over, or the sender took the request back.</summary>
    /// <param name="Status"><c>expired</c> or <c>released</c>.</param>
    /// <param name="Items">References of the items.</param>
    [EventName("received.preservation-ended.v1", "alteration")]
    public sealed record PreservationEnded(PreservationStatus Status, IReadOnlyList<string> Items, DateTimeOffset At) : ExecutionEvent;

    /// <summary>A term ran out and its duty was not met. Recorded by the node itself, once per term.</summary>
    /// <param name="Term">Id of the term in the table of deadlines.</param>
    /// <param name="Source">Article, such as <c>EIO 12(3)</c>.</param>
    [EventName("received.term-ended.v1", "alteration")]
    public sealed record TermEnded(string Term, string Source, DateTimeOffset DueAt, DateTimeOffset At) : ExecutionEvent;

    /// <summary>The measures began.</summary>
    [EventName("received.execution-started.v1", "collection")]
    public sealed record ExecutionStarted(Official By, DateTimeOffset At) : ExecutionEvent;

    /// <summary>All that was recognised has been done.</summary>
    [EventName("received.completed.v1", "alteration")]
    public sealed record Completed(Official By, DateTimeOffset At) : ExecutionEvent;

    /// <summary>The sender took the request back.</summary>
    /// <param name="Ground">Code of the ground as the withdrawal act states it.</param>
    [EventName("received.withdrawn-by-sender.v1", "collection")]
    public sealed record WithdrawnBySender(string ActDigest, string Ground, DateTimeOffset At) : ExecutionEvent;

    /// <summary>Nothing more is to be done here: the case key goes.</summary>
    [EventName("received.closed.v1", "alteration")]
    public sealed record Closed(Official By, DateTimeOffset At) : ExecutionEvent;
}

/// <summary>A request on the requested side.</summary>
public abstract record ReceivedRequest
{
    private ReceivedRequest()
    {
    }

    /// <summary>Before the first event.</summary>
    public static ReceivedRequest Initial { get; } = new NotReceived();

    /// <summary>The state as the API shows it, in kebab-case.</summary>
    public abstract string Name { get; }

    /// <summary>Name of the stream of the received request <paramref name="id"/>.</summary>
    public static string StreamName(Guid id) => $"received-{id:D}";

    /// <summary>The state after <paramref name="events"/>.</summary>
    public static ReceivedRequest Fold(IEnumerable<ExecutionEvent> events) => events.Aggregate(Initial, Evolve);

    /// <summary>The state after one more event.</summary>
    /// <exception cref="InvalidOperationException">The event cannot follow: the stream was not written by this code.</exception>
    public static ReceivedRequest Evolve(ReceivedRequest state, ExecutionEvent happened) => (state, happened) switch
    {
        (NotReceived, ExecutionEvent.Received e) => new Pending(new Dossier(e, [])),
        (InHand s, ExecutionEvent.ValidationReceived e) => s.With(s.Dossier with { ValidationSaid = e.Outcome }),
        (InHand s, ExecutionEvent.Assessed e) => s.With(s.Dossier with { Own = e.Assessment, Comparison = e.Comparison, Overrides = s.Dossier.OverridesAfter(e.Assessment) }),
        (InHand s, ExecutionEvent.FindingOverridden e) => s.With(s.Dossier with { Overrides = [.. s.Dossier.Overrides, e.Rule] }),
        (InHand s, ExecutionEvent.Retrieved e) => s.With(s.Dossier with { RetrievedAt = e.At }),
        (InHand s, ExecutionEvent.Acknowledged e) => s.With(s.Dossier with { AcknowledgedAt = e.At }),
        (InHand s, ExecutionEvent.OfferMade e) => s.With(s.Dossier with { OfferedAt = s.Dossier.OfferedAt ?? e.At, Transfers = [.. s.Dossier.Transfers, e.Transfer] }),
        (InHand s, ExecutionEvent.EnforcementNotified e) => s.With(s.Dossier with { Notified = new(e.Authority, e.Items, e.At) }),
        (InHand s, ExecutionEvent.EnforcementAsked e) => s.With(s.Dossier with { Enforcement = new(e.Items, e.At) }),
        (InHand s, ExecutionEvent.Objected e) => s.With(s.Dossier with { Objection = e.ActDigest }),
        (InHand s, ExecutionEvent.ClarificationAsked e) => s.With(s.Dossier with { Clarifications = [.. s.Dossier.Clarifications, new("", e.At)] }),
        (InHand s, ExecutionEvent.ClarificationReceived e) => s.With(s.Dossier with
        {
            Clarifications = [.. s.Dossier.Clarifications.Select(asked => asked.AnsweredAt is null ? asked with { Message = e.MessageDigest, AnsweredAt = e.At } : asked)],
        }),
        (InHand s, ExecutionEvent.Forwarded e) => s.With(s.Dossier with { ForwardedTo = e.Authority, ForwardedAt = e.At }),
        (InHand s, ExecutionEvent.DelayAnnounced e) => s.With(s.Dossier with { Delays = [.. s.Dossier.Delays, new(e.Ground, e.Until, e.At)] }),
        (InHand s, ExecutionEvent.PreservationReported e) => s.With(s.Dossier with { Preservation = s.Dossier.Preservation.With(e.Items) }),
        (InHand s, ExecutionEvent.PreservationExtended e) => s.With(s.Dossier with { Preservation = s.Dossier.Preservation.Hearing(e.MessageDigest).Extended(e.Items, e.Until, e.At) }),
        (InHand s, ExecutionEvent.PreservationDenied e) => s.With(s.Dossier with { Preservation = s.Dossier.Preservation.Hearing(e.MessageDigest) }),
        (InHand s, ExecutionEvent.ProductionAnnounced e) => s.With(s.Dossier with
        {
            Preservation = s.Dossier.Preservation.Hearing(e.MessageDigest) with { Production = e.Production, ProductionAt = e.At },
        }),
        (InHand s, ExecutionEvent.PreservationEnded e) => s.With(s.Dossier with { Preservation = s.Dossier.Preservation.Ended(e.Items, e.Status) }),
        (InHand s, ExecutionEvent.TermEnded e) => s.With(s.Dossier with { EndedTerms = [.. s.Dossier.EndedTerms, e.Term] }),
        (Pending s, ExecutionEvent.Decided e) => new Decided(s.Dossier.After(e), s.Decisions.After(e)),
        (Decided s, ExecutionEvent.Decided e) => s with { Dossier = s.Dossier.After(e), Decisions = s.Decisions.After(e) },
        (InExecution s, ExecutionEvent.Decided e) => s with { Dossier = s.Dossier.After(e), Decisions = s.Decisions.After(e) },
        (Decided s, ExecutionEvent.ExecutionStarted e) => new InExecution(s.Dossier, s.Decisions, e.At),
        (InExecution s, ExecutionEvent.Completed) => new Completed(s.Dossier, s.Decisions),
        (InHand s and not Closed, ExecutionEvent.Closed) => new Closed(s.Dossier, s.Decisions),
        (InHand s and not Closed, ExecutionEvent.WithdrawnBySender e) => new WithdrawnBySender(s.Dossier, s.Decisions, e.Ground),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot follow {state.GetType().Name}."),
    };

    /// <summary>No such request.</summary>
    public sealed record NotReceived : ReceivedRequest
    {
        public override string Name => "not-received";
    }

    /// <summary>Any stage of a request that is here.</summary>
    public abstract record InHand(Dossier Dossier, Decisions Decisions) : ReceivedRequest
    {
        internal InHand With(Dossier dossier) => this with { Dossier = dossier };
    }

    /// <summary>No decision yet.</summary>
    public sealed record Pending(Dossier Dossier) : InHand(Dossier, Decisions.None)
    {
        public override string Name => Dossier switch
        {
            { Held: true } => "held",
            { AcknowledgedAt: not null } => "acknowledged",
            { RetrievedAt: not null } => "retrieved",
            _ => "received",
        };
    }

    /// <summary>Decided on at least one item.</summary>
    public sealed record Decided(Dossier Dossier, Decisions Decisions) : InHand(Dossier, Decisions)
    {
        public override string Name => Decisions.Name(Dossier.Received.Facts.Items.Count);
    }

    /// <summary>Measures are being taken.</summary>
    public sealed record InExecution(Dossier Dossier, Decisions Decisions, DateTimeOffset StartedAt) : InHand(Dossier, Decisions)
    {
        public override string Name => "in-execution";
    }

    /// <summary>Done.</summary>
    public sealed record Completed(Dossier Dossier, Decisions Decisions) : InHand(Dossier, Decisions)
    {
        public override string Name => "completed";
    }

    /// <summary>Taken back by the sender: nothing more is decided, offered or released.</summary>
    public sealed record WithdrawnBySender(Dossier Dossier, Decisions Decisions, string Ground) : InHand(Dossier, Decisions)
    {
        public override string Name => "withdrawn";
    }

    /// <summary>Finished here, and being erased. Final.</summary>
    public sealed record Closed(Dossier Dossier, Decisions Decisions) : InHand(Dossier, Decisions)
    {
        public override string Name => "closed";
    }
}

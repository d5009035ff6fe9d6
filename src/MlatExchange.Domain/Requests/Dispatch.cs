using System.Collections.Immutable;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Execution;

namespace MlatExchange.Domain.Requests;

/// <summary>What is known of a request after it left.</summary>
/// <param name="Validation">Null while none was needed or an emergency still waits for it (EEV 4(5)).</param>
/// <param name="Receipts">In the order they were recorded.</param>
/// <param name="Decisions">Latest decision per item reference.</param>
/// <param name="DecisionActs">Digests of the decision acts, in order.</param>
/// <param name="Transfers">Wire ids of the offers received.</param>
public sealed record Dispatch(
    DateTimeOffset SentAt,
    ValidationOutcome? Validation,
    IReadOnlyList<RequestEvent.ReceiptRecorded> Receipts,
    DateTimeOffset? AcknowledgedAt,
    ImmutableDictionary<string, ItemDecision> Decisions,
    IReadOnlyList<string> DecisionActs,
    IReadOnlyList<string> Transfers)
{
    /// <summary>When our node had the delivery receipt's instant; null before.</summary>
    public DateTimeOffset? DeliveredAt => Receipts.FirstOrDefault(receipt => receipt.Receipt == ReceiptKind.Delivery)?.At;

    /// <summary>When the validation act came or was made.</summary>
    public DateTimeOffset? ValidatedAt { get; init; }

    /// <summary>When the first decision came.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>When which item was decided, as heard here.</summary>
    public DecisionTimes Times { get; init; } = DecisionTimes.None;

    /// <summary>When the first offer came.</summary>
    public DateTimeOffset? OfferedAt { get; init; }

    /// <summary>That the enforcing authority was notified (EEV 8(1)); null where it was not.</summary>
    public EnforcementNotice? Notified { get; init; }

    /// <summary>That enforcement was asked for (EEV 16); null where it was not.</summary>
    public EnforcementRequest? Enforcement { get; init; }

    /// <summary>When the executing side objected (EEV 12(1)).</summary>
    public DateTimeOffset? ObjectedAt { get; init; }

    /// <summary>Questions of the executing side, in the order they came.</summary>
    public IReadOnlyList<Clarification> Clarifications { get; init; } = [];

    /// <summary>Code of the authority that the request was forwarded to; null where it stayed with the addressee.</summary>
    public string? ForwardedTo { get; init; }

    /// <summary>When it was heard that it was forwarded.</summary>
    public DateTimeOffset? ForwardedAt { get; init; }

    /// <summary>Delays that the executing side announced, in order.</summary>
    public IReadOnlyList<DelayNotice> Delays { get; init; } = [];

    /// <summary>What is known of the data that are to be preserved.</summary>
    public Preservation Preservation { get; init; } = Preservation.None;

    /// <summary>Ids of the terms that were recorded as over.</summary>
    public IReadOnlyList<string> EndedTerms { get; init; } = [];

    /// <summary>Times in which clocks that such reasons stop stand still: while an answer is owed, and while a conflict with the law of a third country stands.</summary>
    public IReadOnlyList<Clarification> Stops => Times.Conflict is { } conflict ? [.. Clarifications, new("", conflict.RaisedAt, conflict.SettledAt)] : Clarifications;

    /// <summary>When the last refusal came, where every item is refused: nothing more is owed then.</summary>
    public DateTimeOffset? RefusedAt(RequestFacts facts) =>
        facts.Items.All(item => Decisions.TryGetValue(item.Ref, out var decision) && decision.Outcome == ItemOutcome.Refused) ? DecidedAt : null;

    /// <summary>How far it got, most advanced first.</summary>
    public string Progress => this switch
    {
        { Transfers.Count: > 0 } => "offer-received",
        { Decisions.Count: > 0 } => "decided",
        { AcknowledgedAt: not null } => "acknowledged",
        _ when Has(ReceiptKind.Retrieval) => "retrieved",
        _ when Has(ReceiptKind.Delivery) => "delivered",
        _ => "sent",
    };

    internal static Dispatch Of(DateTimeOffset sentAt, ValidationOutcome? validation) =>
        new(sentAt, validation, [], null, ImmutableDictionary.Create<string, ItemDecision>(StringComparer.Ordinal), [], []);

    internal Dispatch Decided(RequestEvent.DecisionReceived decision) => this with
    {
        Decisions = Decisions.SetItems(decision.Items.Select(item => KeyValuePair.Create(item.Ref, item))),
        DecisionActs = [.. DecisionActs, decision.ActDigest],
        DecidedAt = DecidedAt ?? decision.At,
        Times = Times.After(decision.Items, decision.At),
        Enforcement = Enforcement?.Decided(decision.At),
    };

    private bool Has(ReceiptKind kind) => Receipts.Any(receipt => receipt.Receipt == kind);
}

/// <summary>The nine receipts of ETSI REM under our names, and one for a message that came too late to act on.</summary>
public enum ReceiptKind
{
    SubmissionAcceptance,
    SubmissionRejection,
    RelayAcceptance,
    RelayRejection,
    RelayFailure,

    /// <summary>In the recipient's log as well as in ours.</summary>
    Delivery,
    NonDelivery,

    /// <summary>Opened for the first time by an official of the executing authority.</summary>
    Retrieval,
    NonRetrieval,

    /// <summary>Older than seven days when it arrived: logged there, no effect; to be sent again as a new message.</summary>
    Stale,
}

/// <summary>Why a request was taken back.</summary>
public enum WithdrawalGround
{
    NoLongerNeeded,
    IssuedInError,

    /// <summary>EEV 4(5): the validating authority refused after an emergency.</summary>
    ValidationRefused,

    /// <summary>EEV 4(5): no validation within 48 hours.</summary>
    ValidationLapsed,
}

using System.Collections.Immutable;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Deadlines;

namespace MlatExchange.Domain.Execution;

/// <summary>What is known of a received request whatever its stage.</summary>
/// <param name="ValidationSaid">What the validation act that came said; null while none came.</param>
/// <param name="Own">The own assessment; null until it was run.</param>
/// <param name="Overrides">Slugs of own flags set aside.</param>
public sealed record Dossier(
    ExecutionEvent.Received Received,
    IReadOnlyList<string> Overrides,
    ValidationOutcome? ValidationSaid = null,
    AssessmentSummary? Own = null,
    AssessmentComparison? Comparison = null,
    DateTimeOffset? RetrievedAt = null,
    DateTimeOffset? AcknowledgedAt = null)
{
    /// <summary>When the first decision was made.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>When which item was decided.</summary>
    public DecisionTimes Times { get; init; } = DecisionTimes.None;

    /// <summary>When the first transfer was offered.</summary>
    public DateTimeOffset? OfferedAt { get; init; }

    /// <summary>Wire ids of the transfers offered.</summary>
    public IReadOnlyList<string> Transfers { get; init; } = [];

    /// <summary>That the enforcing authority was notified (EEV 8(1)); null where it was not.</summary>
    public EnforcementNotice? Notified { get; init; }

    /// <summary>That the sender asked for enforcement (EEV 16); null where it did not.</summary>
    public EnforcementRequest? Enforcement { get; init; }

    /// <summary>Digest of the own objection act; null while there is none.</summary>
    public string? Objection { get; init; }

    /// <summary>Questions put to the sender, in order.</summary>
    public IReadOnlyList<Clarification> Clarifications { get; init; } = [];

    /// <summary>Code of the authority that the request was forwarded to; null where it stayed.</summary>
    public string? ForwardedTo { get; init; }

    /// <summary>When it was last forwarded.</summary>
    public DateTimeOffset? ForwardedAt { get; init; }

    /// <summary>Code of the authority that deals with it.</summary>
    public string Authority => ForwardedTo ?? Received.Facts.Addressee.Authority;

    /// <summary>Delays that the executing side announced, in order.</summary>
    public IReadOnlyList<DelayNotice> Delays { get; init; } = [];

    /// <summary>What is known of the data that are to be preserved.</summary>
    public Preservation Preservation { get; init; } = Preservation.None;

    /// <summary>Ids of the terms that were recorded as over.</summary>
    public IReadOnlyList<string> EndedTerms { get; init; } = [];

    /// <summary>Marked to be validated before it leaves, and no valid validation has come: never downgraded to a request without one.</summary>
    public bool Held => Received.Validation == ValidationMode.Before && ValidationSaid != ValidationOutcome.Granted;

    /// <summary>Times in which clocks that such reasons stop stand still: while an answer is owed, and while a conflict with the law of a third country stands.</summary>
    public IReadOnlyList<Clarification> Stops => Times.Conflict is { } conflict ? [.. Clarifications, new("", conflict.RaisedAt, conflict.SettledAt)] : Clarifications;

    internal Dossier After(ExecutionEvent.Decided decided) => this with { DecidedAt = DecidedAt ?? decided.At, Times = Times.After(decided.Items, decided.At), Enforcement = Enforcement?.Decided(decided.At) };

    internal IReadOnlyList<string> OverridesAfter(AssessmentSummary run) => Own?.SameRun(run) == true ? Overrides : [];
}

/// <summary>Latest decision per item, and the acts that said so.</summary>
/// <param name="Items">Keyed by item reference.</param>
/// <param name="Acts">Digests of the decision acts, in order.</param>
public sealed record Decisions(ImmutableDictionary<string, ItemDecision> Items, IReadOnlyList<string> Acts)
{
    public static Decisions None { get; } = new(ImmutableDictionary.Create<string, ItemDecision>(StringComparer.Ordinal), []);

    /// <summary>Whether the item is to be executed, with or without further conditions.</summary>
    public bool IsRecognised(string item) =>
        Items.TryGetValue(item, out var decision) && decision.Outcome is ItemOutcome.Recognised or ItemOutcome.WithConditions;

    /// <summary>Whether the item was decided and not put off.</summary>
    public bool IsFinal(string item) => Items.TryGetValue(item, out var decision) && decision.Outcome != ItemOutcome.Postponed;

    /// <summary>Whether anything is to be executed.</summary>
    public bool AnyRecognised => Items.Keys.Any(IsRecognised);

    /// <summary>The decisions as a whole, in kebab-case.</summary>
    /// <param name="items">Number of items of the request.</param>
    public string Name(int items) => Items.Values.Select(decision => decision.Outcome).Distinct().ToList() switch
    {
        [ItemOutcome.Refused] when Items.Count == items => "refused",
        [ItemOutcome.Postponed] => "postponed",
        [ItemOutcome.Recognised] when Items.Count == items => "recognised",
        [ItemOutcome.WithConditions] when Items.Count == items => "recognised-with-conditions",
        _ => "partially-recognised",
    };

    internal Decisions After(ExecutionEvent.Decided decided) =>
        new(Items.SetItems(decided.Items.Select(item => KeyValuePair.Create(item.Ref, item))), [.. Acts, decided.ActDigest]);
}

using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Execution;

/// <summary>
/// The executing authority decides on items. Refusing is always possible and is history with its ground; anything else needs the own assessment, no
/// block on the item, an override for each flag on it, and any validation that the request asks for.
/// </summary>
/// <param name="ActDigest">SHA-256 over the decision act's signing input, known before the signature is made.</param>
/// <param name="Items">The items decided; <see cref="OnAll"/> makes the list for the request as a whole.</param>
public sealed record DecideExecution(string ActDigest, IReadOnlyList<ItemDecision> Items, Official By, DateTimeOffset At)
{
    /// <summary>Until when a conflict with the law of a third country may be raised (EEV 17(2)); null where the instrument knows no such term.</summary>
    public DateTimeOffset? ConflictUntil { get; init; }

    /// <summary>The same decision on every item of <paramref name="facts"/>.</summary>
    public static IReadOnlyList<ItemDecision> OnAll(RequestFacts facts, ItemOutcome outcome, string? ground = null, string? citation = null, params IReadOnlyList<string> conditions) =>
        [.. facts.Items.Select(item => new ItemDecision(item.Ref, outcome, ground, citation, conditions))];

    public Decision<ExecutionEvent> Decide(ReceivedRequest state)
    {
        if (state is not ReceivedRequest.InHand s || state is ReceivedRequest.WithdrawnBySender or ReceivedRequest.Closed) return ExecutionRules.OutOfOrder(state);
        if (Items.Count == 0) return new NotPermitted(ExecutionRules.NothingDecided);
        var asked = s.Dossier.Received.Facts.Items.Select(item => item.Ref).ToHashSet(StringComparer.Ordinal);
        if (Items.Any(item => !asked.Remove(item.Ref))) return new NotPermitted(ExecutionRules.NoSuchItem);

        var fresh = Items.Where(item => !(s.Decisions.Items.TryGetValue(item.Ref, out var was) && was.SameAs(item)) || Reopened(s, item.Ref)).ToList();
        if (fresh.Count == 0) return [];
        if (state is ReceivedRequest.Completed) return ExecutionRules.OutOfOrder(state);
        return fresh.Select(item => Against(s, item)).FirstOrDefault(rule => rule is not null) is { } forbidden
            ? new NotPermitted(forbidden)
            : [new ExecutionEvent.Decided(ActDigest, fresh, By, At)];
    }

    private Rule? Against(ReceivedRequest.InHand request, ItemDecision item) =>
        request.Decisions.Items.TryGetValue(item.Ref, out var was) && was.Outcome != ItemOutcome.Postponed && !Reopened(request, item.Ref) ? ExecutionRules.AlreadyDecided
        : ConflictOfLaws.Raises(item) && At > ConflictUntil ? ExecutionRules.ConflictTooLate
        : Incomplete(item) ?? (item.Outcome == ItemOutcome.Refused ? null : AgainstExecuting(request.Dossier, item.Ref));

    /// <summary>Asked for enforcement, an authority decides once more, whatever it had said before (EEV 16(2)-(4)).</summary>
    private static bool Reopened(ReceivedRequest.InHand request, string item) => request.Dossier.Enforcement is { AnsweredAt: null } asked && asked.Items.Contains(item);

    private static Rule? Incomplete(ItemDecision item) => item switch
    {
        { Outcome: ItemOutcome.Postponed or ItemOutcome.Refused, Ground: null } => ExecutionRules.GroundFirst,
        { Outcome: ItemOutcome.Refused, Citation: null } => ExecutionRules.GroundFirst,
        _ => item.Outcome == ItemOutcome.WithConditions == item.Conditions.Count > 0 ? null : ExecutionRules.ConditionsFirst,
    };

    private static Rule? AgainstExecuting(Dossier dossier, string item)
    {
        if (dossier.ValidationSaid == ValidationOutcome.Refused) return ExecutionRules.ValidationWasRefused;
        if (dossier.Held) return ExecutionRules.IsHeld;
        if (dossier.Objection is not null) return ExecutionRules.ObjectionStands;
        if (dossier.Own is not { } own) return AssessmentRules.AssessmentFirst;
        var findings = own.Findings.Where(finding => finding.Concerns(item)).ToList();
        // A block that validation cures is cured where a validation was granted: the own rules read the issuer's competence alone.
        if (findings.Exists(finding => finding.Outcome == Outcome.Block && !(finding.CuredByValidation && dossier.ValidationSaid == ValidationOutcome.Granted)))
            return AssessmentRules.BlockStands;
        return findings.Exists(finding => finding.Outcome == Outcome.Flag && !dossier.Overrides.Contains(finding.Rule)) ? AssessmentRules.FlagsOpen : null;
    }
}

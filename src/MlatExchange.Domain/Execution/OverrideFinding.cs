using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Execution;

/// <summary>A named official sets one flag of the own assessment aside; what the sender overrode does not count here. The reason goes to the vault.</summary>
public sealed record OverrideFinding(string Rule, Official By, DateTimeOffset At)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state) => state switch
    {
        ReceivedRequest.WithdrawnBySender or ReceivedRequest.Completed or ReceivedRequest.Closed => ExecutionRules.OutOfOrder(state),
        ReceivedRequest.InHand s when s.Dossier.Overrides.Contains(Rule) => [],
        ReceivedRequest.InHand { Dossier.Own: null } => new NotPermitted(AssessmentRules.AssessmentFirst),
        ReceivedRequest.InHand { Dossier.Own: { } own } when AssessmentRules.AgainstOverriding(own, Rule) is { } rule => new NotPermitted(rule),
        ReceivedRequest.InHand => [new ExecutionEvent.FindingOverridden(Rule, By, At)],
        _ => ExecutionRules.OutOfOrder(state),
    };
}

using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Requests;

/// <summary>A named official sets one flag aside. The reason goes to the vault in the same append; the event has the rule's slug alone.</summary>
/// <param name="Rule">Slug of the rule that flagged.</param>
public sealed record OverrideFinding(string Rule, Official By, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request) => request switch
    {
        AssistanceRequest.Assessed { Assessment: var assessment } when assessment.Overrides.Contains(Rule) => [],
        AssistanceRequest.Approved { Assessment: var assessment } when assessment.Overrides.Contains(Rule) => [],
        AssistanceRequest.Assessed { Assessment: var assessment } when AssessmentRules.AgainstOverriding(assessment.Summary, Rule) is { } rule => new NotPermitted(rule),
        AssistanceRequest.Assessed => [new RequestEvent.FindingOverridden(Rule, By, At)],
        AssistanceRequest.Approved => new NotPermitted(RequestRules.BytesFixed),
        _ => RequestRules.OutOfOrder(request),
    };
}

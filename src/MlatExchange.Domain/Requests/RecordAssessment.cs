using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Requests;

/// <summary>Records the rule pack's answer on the current version. Whoever asks for it counts as an assessor.</summary>
public sealed record RecordAssessment(AssessmentResult Result, Official By, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request)
    {
        var summary = AssessmentSummary.Of(Result);
        return request switch
        {
            AssistanceRequest.Drafted => [new RequestEvent.Assessed(summary, By, At)],
            AssistanceRequest.Assessed { Assessment: var was } when was.IsBy(By) && summary.SameRun(was.Summary) => [],
            AssistanceRequest.Assessed => [new RequestEvent.Assessed(summary, By, At)],
            AssistanceRequest.Approved { Assessment: var was } when summary.SameRun(was.Summary) => [],
            AssistanceRequest.Approved => new NotPermitted(RequestRules.BytesFixed),
            _ => RequestRules.OutOfOrder(request),
        };
    }
}

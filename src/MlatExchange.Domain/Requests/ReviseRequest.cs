using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Requests;

/// <summary>Changes a request that is not signed. Assessment, overrides and approvals are void, because they were about other words.</summary>
/// <param name="Revision">Number of the version this becomes: one more than the version the official saw.</param>
public sealed record ReviseRequest(RequestFacts Facts, int Revision, Official By, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request) => request switch
    {
        AssistanceRequest.BeforeSignature { Draft: var draft } when Revision == draft.Revision + 1 => [new RequestEvent.Revised(Facts, Revision, By, At)],
        AssistanceRequest.Drafted { Draft: var draft } when Revision == draft.Revision && draft.Authors[^1].Id == By.Id => [],
        AssistanceRequest.BeforeSignature => new NotPermitted(RequestRules.RevisionSuperseded),
        AssistanceRequest.AwaitingValidation => new NotPermitted(RequestRules.BytesFixed),
        _ => RequestRules.OutOfOrder(request),
    };
}

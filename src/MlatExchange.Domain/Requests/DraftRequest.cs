using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Requests;

/// <summary>Enters a request for assistance.</summary>
/// <param name="Facts">What the rules read; names, selectors and texts go to the vault in the same append.</param>
/// <param name="Thread">A fresh wire id. The same thread again is the same command again.</param>
public sealed record DraftRequest(RequestFacts Facts, string Thread, Official By, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request) => request switch
    {
        AssistanceRequest.NotDrafted => [new RequestEvent.Drafted(Facts, Thread, By, At)],
        AssistanceRequest.BeforeSignature { Draft: { Revision: 1, Thread: var thread } } when thread == Thread => [],
        _ => new NotPermitted(RequestRules.AlreadyDrafted),
    };
}

using MlatExchange.Domain.Execution;

namespace MlatExchange.Domain.Requests;

/// <summary>Records a decision act of the executing authority. A later act about the same item replaces the earlier one; both stay in the stream.</summary>
/// <param name="ActDigest">Digest of the decision act; the same digest again is the same decision.</param>
public sealed record RecordDecision(string ActDigest, IReadOnlyList<ItemDecision> Items, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request) => request switch
    {
        AssistanceRequest.Dispatched s when s.Dispatch.DecisionActs.Contains(ActDigest) => [],
        AssistanceRequest.Closed => RequestRules.OutOfOrder(request),
        AssistanceRequest.Dispatched s when Items.Any(item => s.Request.Draft.Facts.Items.All(asked => asked.Ref != item.Ref)) => new NotPermitted(RequestRules.NoSuchItem),
        // Also when withdrawn: the decision may have crossed the withdrawal.
        AssistanceRequest.Dispatched => [new RequestEvent.DecisionReceived(ActDigest, Items, At)],
        _ => RequestRules.OutOfOrder(request),
    };
}

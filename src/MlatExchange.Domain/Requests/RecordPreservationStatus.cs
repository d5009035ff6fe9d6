using MlatExchange.Domain.Execution;

namespace MlatExchange.Domain.Requests;

/// <summary>Records how the executing side says that what is to be preserved stands.</summary>
/// <param name="MessageDigest">Digest of the message that says so.</param>
public sealed record RecordPreservationStatus(string MessageDigest, IReadOnlyList<PreservedItem> Items, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request) => request switch
    {
        AssistanceRequest.Closed => RequestRules.OutOfOrder(request),
        AssistanceRequest.Dispatched s when Items.Any(item => s.Request.Draft.Facts.Items.All(asked => asked.Ref != item.Ref)) => new NotPermitted(RequestRules.NoSuchItem),
        AssistanceRequest.Dispatched s when s.Dispatch.Preservation.Heard.Contains(MessageDigest) => [],
        // Also when withdrawn: it confirms that what was preserved was let go.
        AssistanceRequest.Dispatched => [new RequestEvent.PreservationStatusReceived(MessageDigest, Items, At)],
        _ => RequestRules.OutOfOrder(request),
    };
}

namespace MlatExchange.Domain.Requests;

/// <summary>Records that the executing authority acknowledged the request (EIO 16(1)).</summary>
/// <param name="MessageDigest">Digest of the acknowledgement message.</param>
public sealed record RecordAcknowledgement(string MessageDigest, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request) => request switch
    {
        AssistanceRequest.Closed => RequestRules.OutOfOrder(request),
        AssistanceRequest.Dispatched { Dispatch.AcknowledgedAt: not null } => [],
        AssistanceRequest.Dispatched => [new RequestEvent.Acknowledged(MessageDigest, At)],
        _ => RequestRules.OutOfOrder(request),
    };
}

namespace MlatExchange.Domain.Requests;

/// <summary>Records that the executing side cannot keep a term (EIO 12(5)-(6)).</summary>
/// <param name="MessageDigest">Digest of the message that says so; each is told once, because a thread takes a message once.</param>
/// <param name="Until">By when it expects to be done; null where it does not say.</param>
public sealed record RecordDelay(string MessageDigest, string Ground, DateTimeOffset? Until, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request) => request switch
    {
        AssistanceRequest.Closed => RequestRules.OutOfOrder(request),
        AssistanceRequest.Dispatched { Dispatch.Delays: [.., var last] } when (last.Ground, last.Until) == (Ground, Until) => [],
        // Also when withdrawn: the notice may have crossed. It then moves no term, because none runs.
        AssistanceRequest.Dispatched => [new RequestEvent.DelayAnnounced(MessageDigest, Ground, Until, At)],
        _ => RequestRules.OutOfOrder(request),
    };
}

namespace MlatExchange.Domain.Requests;

/// <summary>Records that the executing side acknowledged the request, and which authority deals with it where that is not, or no longer, the one addressed (EIO 16(1)).</summary>
/// <param name="MessageDigest">Digest of the acknowledgement message.</param>
/// <param name="Authority">Code of the authority that deals with the request.</param>
public sealed record RecordAcknowledgement(string MessageDigest, string Authority, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request) => request switch
    {
        AssistanceRequest.Closed => RequestRules.OutOfOrder(request),
        AssistanceRequest.Dispatched s => [.. Acknowledged(s), .. Forwarded(s)],
        _ => RequestRules.OutOfOrder(request),
    };

    private RequestEvent[] Acknowledged(AssistanceRequest.Dispatched request) => request.Dispatch.AcknowledgedAt is null ? [new RequestEvent.Acknowledged(MessageDigest, At)] : [];

    private RequestEvent[] Forwarded(AssistanceRequest.Dispatched request) =>
        (request.Dispatch.ForwardedTo ?? request.Request.Draft.Facts.Addressee.Authority) == Authority ? [] : [new RequestEvent.Forwarded(MessageDigest, Authority, At)];
}

namespace MlatExchange.Domain.Requests;

/// <summary>Records that evidence was offered in answer to the request; what becomes of it is told by the transfer's own stream.</summary>
/// <param name="Transfer">Wire id of the transfer.</param>
public sealed record RecordOffer(string Transfer, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request) => request switch
    {
        AssistanceRequest.Dispatched s when s.Dispatch.Transfers.Contains(Transfer) => [],
        AssistanceRequest.Closed => RequestRules.OutOfOrder(request),
        // Also when withdrawn: the offer may have crossed the withdrawal. It is not accepted then.
        AssistanceRequest.Dispatched => [new RequestEvent.OfferReceived(Transfer, At)],
        _ => RequestRules.OutOfOrder(request),
    };
}

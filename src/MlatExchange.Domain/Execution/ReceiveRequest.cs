namespace MlatExchange.Domain.Execution;

/// <summary>Takes in a request act that passed verification.</summary>
public sealed record ReceiveRequest(ExecutionEvent.Received Request)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state) => state switch
    {
        ReceivedRequest.NotReceived => [Request],
        ReceivedRequest.InHand s when s.Dossier.Received.ActDigest == Request.ActDigest => [],
        _ => new NotPermitted(ExecutionRules.ActAlreadyReceived),
    };
}

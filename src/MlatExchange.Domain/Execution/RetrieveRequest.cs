namespace MlatExchange.Domain.Execution;

/// <summary>An official of the executing authority opens the request. The first opening is recorded and answered with a retrieval receipt.</summary>
public sealed record RetrieveRequest(Official By, DateTimeOffset At)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state) => state switch
    {
        ReceivedRequest.InHand { Dossier.RetrievedAt: not null } => [],
        ReceivedRequest.Closed => ExecutionRules.OutOfOrder(state),
        // Also when withdrawn: whoever opens it learns so, and the sender learns that it was opened.
        ReceivedRequest.InHand => [new ExecutionEvent.Retrieved(By, At)],
        _ => ExecutionRules.OutOfOrder(state),
    };
}

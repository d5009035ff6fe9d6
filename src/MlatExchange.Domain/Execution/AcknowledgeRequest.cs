namespace MlatExchange.Domain.Execution;

/// <summary>Acknowledges the request to the sender (EIO 16(1)). Also while it is held: the sender must learn that it arrived.</summary>
public sealed record AcknowledgeRequest(DateTimeOffset At)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state) => state switch
    {
        ReceivedRequest.InHand { Dossier.AcknowledgedAt: not null } => [],
        ReceivedRequest.WithdrawnBySender or ReceivedRequest.Closed => ExecutionRules.OutOfOrder(state),
        ReceivedRequest.InHand => [new ExecutionEvent.Acknowledged(At)],
        _ => ExecutionRules.OutOfOrder(state),
    };
}

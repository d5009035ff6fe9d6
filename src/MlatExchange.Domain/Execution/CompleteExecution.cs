namespace MlatExchange.Domain.Execution;

/// <summary>All that was recognised has been done and handed over.</summary>
public sealed record CompleteExecution(Official By, DateTimeOffset At)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state) => state switch
    {
        ReceivedRequest.Completed => [],
        ReceivedRequest.InExecution s when s.Dossier.Received.Facts.Items.Any(item => !s.Decisions.IsFinal(item.Ref)) => new NotPermitted(ExecutionRules.DecisionsOpen),
        ReceivedRequest.InExecution => [new ExecutionEvent.Completed(By, At)],
        _ => ExecutionRules.OutOfOrder(state),
    };
}

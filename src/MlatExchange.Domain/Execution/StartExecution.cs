namespace MlatExchange.Domain.Execution;

/// <summary>The measures begin.</summary>
public sealed record StartExecution(Official By, DateTimeOffset At)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state) => state switch
    {
        ReceivedRequest.InExecution => [],
        ReceivedRequest.Decided s when s.Decisions.AnyRecognised => [new ExecutionEvent.ExecutionStarted(By, At)],
        ReceivedRequest.Decided => new NotPermitted(ExecutionRules.DecisionFirst),
        _ => ExecutionRules.OutOfOrder(state),
    };
}

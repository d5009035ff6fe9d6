using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Execution;

/// <summary>Records the own run of the rules and where it parts from what the sender declares.</summary>
public sealed record AssessHere(AssessmentResult Result, DateTimeOffset At)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state)
    {
        var own = AssessmentSummary.Of(Result);
        return state switch
        {
            ReceivedRequest.WithdrawnBySender or ReceivedRequest.Completed or ReceivedRequest.Closed => ExecutionRules.OutOfOrder(state),
            ReceivedRequest.InHand { Dossier.Own: { } before } when before.SameRun(own) => [],
            ReceivedRequest.InHand s => [new ExecutionEvent.Assessed(own, AssessmentComparison.Of(s.Dossier.Received.Stated, Result), At)],
            _ => ExecutionRules.OutOfOrder(state),
        };
    }
}

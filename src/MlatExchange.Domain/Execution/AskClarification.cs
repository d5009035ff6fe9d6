namespace MlatExchange.Domain.Execution;

/// <summary>The executing authority asks the sender before it goes on; where the law says so the clock stands still until the answer (EEV 10(6), 11(5)).</summary>
/// <param name="Items">References of the items it is about; empty for the request as a whole.</param>
public sealed record AskClarification(IReadOnlyList<string> Items, Official By, DateTimeOffset At)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state) => state switch
    {
        ReceivedRequest.WithdrawnBySender or ReceivedRequest.Completed or ReceivedRequest.Closed => ExecutionRules.OutOfOrder(state),
        ReceivedRequest.InHand s when s.Dossier.Clarifications.Any(asked => asked.AnsweredAt is null) => new NotPermitted(ExecutionRules.ClarificationOpen),
        ReceivedRequest.InHand s when Items.Any(item => s.Dossier.Received.Facts.Items.All(known => known.Ref != item)) => new NotPermitted(ExecutionRules.NoSuchItem),
        ReceivedRequest.InHand => [new ExecutionEvent.ClarificationAsked(Items, By, At)],
        _ => ExecutionRules.OutOfOrder(state),
    };
}

namespace MlatExchange.Domain.Execution;

/// <summary>Takes in the sender's answer. One that nothing waits for, because it came twice or unasked, changes nothing.</summary>
/// <param name="MessageDigest">Digest of the message that answers.</param>
public sealed record ReceiveClarification(string MessageDigest, DateTimeOffset At)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state) => state switch
    {
        ReceivedRequest.Closed => ExecutionRules.OutOfOrder(state),
        ReceivedRequest.InHand s when s.Dossier.Clarifications.All(asked => asked.AnsweredAt is not null) => [],
        // Also when withdrawn: the answer may have crossed.
        ReceivedRequest.InHand => [new ExecutionEvent.ClarificationReceived(MessageDigest, At)],
        _ => ExecutionRules.OutOfOrder(state),
    };
}

namespace MlatExchange.Domain.Execution;

/// <summary>Takes in that the sender asks for enforcement (EEV 16(1)): its items may be decided anew, and recognition is due in five working days (EEV 16(2)).</summary>
/// <param name="MessageDigest">Digest of the message that asks.</param>
public sealed record ReceiveEnforcementRequest(string MessageDigest, IReadOnlyList<string> Items, DateTimeOffset At)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state) => state switch
    {
        ReceivedRequest.Closed => ExecutionRules.OutOfOrder(state),
        ReceivedRequest.InHand { Dossier.Enforcement: not null } => [],
        ReceivedRequest.InHand s when Items.Any(item => s.Dossier.Received.Facts.Items.All(asked => asked.Ref != item)) => new NotPermitted(ExecutionRules.NoSuchItem),
        // Also when withdrawn or completed: it may have crossed the withdrawal or the result.
        ReceivedRequest.InHand => [new ExecutionEvent.EnforcementAsked(MessageDigest, Items, At)],
        _ => ExecutionRules.OutOfOrder(state),
    };
}

namespace MlatExchange.Domain.Execution;

/// <summary>
/// Takes in the sender's withdrawal act. From this event on nothing is decided, offered or released; it acts from the leaf where the supplier logs it.
/// </summary>
/// <param name="ActDigest">Digest of the withdrawal act.</param>
/// <param name="Withdraws">Digest of the act that it names.</param>
/// <param name="Ground">Code of the ground as the act states it.</param>
public sealed record ReceiveWithdrawal(string ActDigest, string Withdraws, string Ground, DateTimeOffset At)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state) => state switch
    {
        ReceivedRequest.InHand s when s.Dossier.Received.ActDigest != Withdraws => new NotPermitted(ExecutionRules.WithdrawalOfOtherAct),
        ReceivedRequest.WithdrawnBySender => [],
        ReceivedRequest.Closed => ExecutionRules.OutOfOrder(state),
        // What is preserved for it is let go with it.
        ReceivedRequest.InHand { Dossier.Preservation.Running: { Count: > 0 } running } =>
            [new ExecutionEvent.PreservationEnded(PreservationStatus.Released, running, At), new ExecutionEvent.WithdrawnBySender(ActDigest, Ground, At)],
        // Also when completed: evidence already sent must then be destroyed by the sender.
        ReceivedRequest.InHand => [new ExecutionEvent.WithdrawnBySender(ActDigest, Ground, At)],
        _ => ExecutionRules.OutOfOrder(state),
    };
}

namespace MlatExchange.Domain.Execution;

/// <summary>
/// Takes in the notification of the enforcing authority (EEV 8(1)): its term to raise a ground for refusal starts (EEV 12(1)). One that the own assessment does not ask for is
/// taken all the same: whoever was told may object.
/// </summary>
/// <param name="MessageDigest">Digest of the message that notifies.</param>
/// <param name="Authority">Code of the authority notified.</param>
/// <param name="Known">Whether this jurisdiction has such an authority; looked up by the caller.</param>
public sealed record ReceiveNotification(string MessageDigest, string Authority, bool Known, IReadOnlyList<string> Items, DateTimeOffset At)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state) => state switch
    {
        ReceivedRequest.Closed => ExecutionRules.OutOfOrder(state),
        ReceivedRequest.InHand { Dossier.Notified: not null } => [],
        ReceivedRequest.InHand when !Known => new NotPermitted(ExecutionRules.NoSuchAuthority),
        ReceivedRequest.InHand s when Items.Any(item => s.Dossier.Received.Facts.Items.All(asked => asked.Ref != item)) => new NotPermitted(ExecutionRules.NoSuchItem),
        // Also when withdrawn: it left before the withdrawal.
        ReceivedRequest.InHand => [new ExecutionEvent.EnforcementNotified(MessageDigest, Authority, Items, At)],
        _ => ExecutionRules.OutOfOrder(state),
    };
}

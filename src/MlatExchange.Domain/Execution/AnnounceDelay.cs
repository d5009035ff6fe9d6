namespace MlatExchange.Domain.Execution;

/// <summary>The executing authority says that it cannot keep the term that runs, why, and by when it expects to be done (EIO 12(5)-(6)).</summary>
/// <param name="Ground">Code of the reason.</param>
/// <param name="Until">New date; after <paramref name="At"/>.</param>
/// <param name="Owed">Whether a decision or the result is still owed; looked up by the caller in <see cref="ReceivedTerms"/>.</param>
public sealed record AnnounceDelay(string Ground, DateTimeOffset Until, bool Owed, Official By, DateTimeOffset At)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state) => state switch
    {
        ReceivedRequest.WithdrawnBySender or ReceivedRequest.Completed or ReceivedRequest.Closed => ExecutionRules.OutOfOrder(state),
        ReceivedRequest.InHand when Until <= At => new NotPermitted(ExecutionRules.DelayIntoThePast),
        ReceivedRequest.InHand when !Owed => new NotPermitted(ExecutionRules.NothingOwed),
        // Saying the same again changes nothing; another reason or date is another notice.
        ReceivedRequest.InHand { Dossier.Delays: [.., var last] } when (last.Ground, last.Until) == (Ground, Until) => [],
        ReceivedRequest.InHand => [new ExecutionEvent.DelayAnnounced(Ground, Until, By, At)],
        _ => ExecutionRules.OutOfOrder(state),
    };
}

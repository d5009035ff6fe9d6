namespace MlatExchange.Domain.Execution;

/// <summary>Nothing more is to be done with a received request: its case key and those of its transfers may go.</summary>
/// <param name="OpenTransfers">How many of its transfers have neither been certified as destroyed nor ended before a key was out; looked up by the caller.</param>
public sealed record CloseReceived(int OpenTransfers, Official By, DateTimeOffset At)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state) => state switch
    {
        ReceivedRequest.Closed => [],
        ReceivedRequest.InHand when OpenTransfers > 0 => new NotPermitted(ExecutionRules.TransfersOpen),
        ReceivedRequest.WithdrawnBySender => [new ExecutionEvent.Closed(By, At)],
        ReceivedRequest.InHand s when s.Dossier.Received.Facts.Items.Any(item => !s.Decisions.IsFinal(item.Ref)) => new NotPermitted(ExecutionRules.DecisionsOpen),
        // Once production was asked for, what is kept belongs to that request.
        ReceivedRequest.InHand { Dossier.Preservation: { Running.Count: > 0, ProductionAt: null } } => new NotPermitted(ExecutionRules.PreservationRuns),
        ReceivedRequest.InHand => [new ExecutionEvent.Closed(By, At)],
        _ => ExecutionRules.OutOfOrder(state),
    };
}

namespace MlatExchange.Domain.Execution;

/// <summary>Evidence was offered in answer to the request: from here on its terms of production are met.</summary>
/// <param name="Transfer">Wire id of the transfer.</param>
public sealed record NoteOffer(string Transfer, DateTimeOffset At)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state) => state switch
    {
        ReceivedRequest.InHand s when s.Dossier.Transfers.Contains(Transfer) => [],
        ReceivedRequest.WithdrawnBySender or ReceivedRequest.Closed => ExecutionRules.OutOfOrder(state),
        ReceivedRequest.InHand { Dossier.Objection: not null } => new NotPermitted(ExecutionRules.ObjectionStands),
        ReceivedRequest.InHand => [new ExecutionEvent.OfferMade(Transfer, At)],
        _ => ExecutionRules.OutOfOrder(state),
    };
}

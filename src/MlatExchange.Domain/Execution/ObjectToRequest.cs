namespace MlatExchange.Domain.Execution;

/// <summary>
/// The enforcing authority raises a ground for refusal (EEV 12(1)) after the order, or the data in an emergency, went ahead. From here on nothing is offered or released, and
/// what the sender holds it must destroy.
/// </summary>
/// <param name="ActDigest">Digest of the objection act, known before the signature is made.</param>
/// <param name="Foreseen">Whether the law gives an authority a term to raise it.</param>
/// <param name="Until">Last instant at which it may be raised (10 days, or 96 hours in an emergency); null while that term has not started.</param>
public sealed record ObjectToRequest(string ActDigest, string? Ground, string? Citation, bool Foreseen, DateTimeOffset? Until, Official By, DateTimeOffset At)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state) => state switch
    {
        ReceivedRequest.WithdrawnBySender or ReceivedRequest.Closed => ExecutionRules.OutOfOrder(state),
        ReceivedRequest.InHand { Dossier.Objection: not null } => [],
        ReceivedRequest.InHand when Ground is null || Citation is null => new NotPermitted(ExecutionRules.GroundFirst),
        ReceivedRequest.InHand when !Foreseen => new NotPermitted(ExecutionRules.ObjectionNotForeseen),
        ReceivedRequest.InHand when At > Until => new NotPermitted(ExecutionRules.ObjectionTooLate),
        ReceivedRequest.InHand => [new ExecutionEvent.Objected(ActDigest, Ground, Citation, By, At)],
        _ => ExecutionRules.OutOfOrder(state),
    };
}

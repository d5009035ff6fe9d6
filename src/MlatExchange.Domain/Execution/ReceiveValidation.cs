using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Execution;

/// <summary>
/// Takes in a validation act of the sender's validating authority; that its signer is that authority was verified with the message.
/// </summary>
/// <param name="ActDigest">Digest of the validation act.</param>
/// <param name="Validates">Digest of the request act that it names.</param>
public sealed record ReceiveValidation(ValidationOutcome Outcome, string ActDigest, string Validates, DateTimeOffset At)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state) => state switch
    {
        ReceivedRequest.InHand s when s.Dossier.Received.Validation == ValidationMode.None => new NotPermitted(ExecutionRules.ValidationNotExpected),
        ReceivedRequest.InHand s when s.Dossier.Received.ActDigest != Validates => new NotPermitted(ExecutionRules.ValidationOfOtherAct),
        ReceivedRequest.InHand s when s.Dossier.ValidationSaid == Outcome => [],
        ReceivedRequest.InHand s when s.Dossier.ValidationSaid is not null => new NotPermitted(ExecutionRules.AlreadyValidated),
        ReceivedRequest.Closed => ExecutionRules.OutOfOrder(state),
        ReceivedRequest.InHand => [new ExecutionEvent.ValidationReceived(Outcome, ActDigest, At)],
        _ => ExecutionRules.OutOfOrder(state),
    };
}

using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Jurisdictions;
using MlatExchange.Node.Assessment;
using MlatExchange.Node.Exchange;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Execution;

/// <summary>The sender's validating authority spoke: a held request is held no longer, and the rules are run again with the validator's competence.</summary>
public sealed class ValidationEffect(CaseWork work, Assessing assessing)
{
    public async Task<Effect> Of(AcceptedMessage message, CancellationToken cancellation)
    {
        if (ReceivedDesk.IdOf(message.Thread.History.Case) is not { } id) return new Effect.Refused("validation-of-unknown-request");
        var stream = ReceivedRequest.StreamName(id);
        var request = await work.Journal.Load<ReceivedRequest, ExecutionEvent>(stream, ReceivedRequest.Initial, ReceivedRequest.Evolve, cancellation);
        if (request.State is not ReceivedRequest.InHand inHand) return new Effect.Refused("validation-of-unknown-request");
        var (act, received) = (message.Acts[0], inHand.Dossier.Received);
        var body = (ActBody.Validation)act.Body;
        if (act.IssuedBy.Authority != received.ValidatingAuthority) return new Effect.Refused("validating-authority-only");
        var outcome = body.Outcome == "granted" ? ValidationOutcome.Granted : ValidationOutcome.Refused;
        var decision = new ReceiveValidation(outcome, act.Digest.ToString(), body.Validates.Digest.ToString(), message.At).Decide(request.State);
        if (decision.RefusedBy is { } rule) return new Effect.Refused(rule.Slug);
        var again = outcome == ValidationOutcome.Granted && work.Trust().Authority(act.Issuer) is { } validator
            ? assessing.RunKept(inHand.Dossier, AuthorityKinds.Find(validator.Kind))
            : null;
        var after = ReceivedDesk.After(request.State, decision);
        Decision<ExecutionEvent> all = again is null ? decision : [.. decision.Events, .. new AssessHere(again, message.At).Decide(after).Events];
        var group = work.Journal.Begin(ReceivedDesk.KeyOf(id)).Add(stream, request.Version, all, ReceivedDesk.Codes(received), ReceivedDesk.Committed(id, null)).ToAppend();
        return new Effect.Applied(ReceivedDesk.KeyOf(id)) { Case = stream, Codes = ReceivedDesk.Codes(received), Streams = group.Streams, Vault = group.Vault };
    }
}

using MlatExchange.Domain.Execution;
using MlatExchange.Node.Exchange;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Execution;

/// <summary>The sender takes its request back: from here on nothing is decided, offered or released.</summary>
public sealed class WithdrawalEffect(CaseWork work)
{
    public async Task<Effect> Of(AcceptedMessage message, CancellationToken cancellation)
    {
        if (ReceivedDesk.IdOf(message.Thread.History.Case) is not { } id) return new Effect.Refused("withdrawal-of-unknown-request");
        var stream = ReceivedRequest.StreamName(id);
        var request = await work.Journal.Load<ReceivedRequest, ExecutionEvent>(stream, ReceivedRequest.Initial, ReceivedRequest.Evolve, cancellation);
        if (request.State is not ReceivedRequest.InHand inHand) return new Effect.Refused("withdrawal-of-unknown-request");
        var body = (ActBody.Withdrawal)message.Acts[0].Body;
        if (body.Withdraws.Digest.ToString() != inHand.Dossier.Received.ActDigest) return new Effect.Refused("withdrawal-of-other-act");
        var decision = new ReceiveWithdrawal(message.Acts[0].Digest.ToString(), body.Ground ?? "no-longer-needed", message.At).Decide(request.State);
        if (decision.RefusedBy is { } rule) return new Effect.Refused(rule.Slug);
        var codes = ReceivedDesk.Codes(inHand.Dossier.Received);
        var group = work.Journal.Begin(ReceivedDesk.KeyOf(id)).Add(stream, request.Version, decision, codes, ReceivedDesk.Committed(id, null)).ToAppend();
        return new Effect.Applied(ReceivedDesk.KeyOf(id)) { Case = stream, Codes = codes, Streams = group.Streams, Vault = group.Vault };
    }
}

using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Execution;
using MlatExchange.Node.Assessment;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Hosting;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Execution;

/// <summary>
/// A verified request arrives: it becomes a case of this node, the same rules are run here and compared with what the sender states, and the sender gets an
/// acknowledgement. Nobody decides anything yet.
/// </summary>
public sealed class RequestEffect(CaseWork work, Assessing assessing, NodeSettings node)
{
    public async Task<Effect> Of(AcceptedMessage message, CancellationToken cancellation)
    {
        var act = message.Acts[0];
        var body = (ActBody.Request)act.Body;
        var facts = RequestFactsReader.Read(body.Facts, "/request");
        var stated = StatedAssessment.Read(act.Payload.GetProperty("assessment"), "/assessment");
        if (facts.Value is not { } read) return new Effect.Refused(facts.Faults[0].Rule);
        if (stated.Value is not { } theirs) return new Effect.Refused(stated.Faults[0].Rule);
        if (read.Issuer.Jurisdiction != message.Counterpart || read.Addressee.Jurisdiction != node.Jurisdiction) return new Effect.Refused("jurisdiction-differs");

        var id = ReceivedDesk.IdOf(message.Thread.History.Case) ?? Guid.CreateVersion7(message.At);
        var stream = ReceivedRequest.StreamName(id);
        var request = await work.Journal.Load<ReceivedRequest, ExecutionEvent>(stream, ReceivedRequest.Initial, ReceivedRequest.Evolve, cancellation);
        var received = new ExecutionEvent.Received(
            read, message.Counterpart, message.Thread.Id, act.Id, act.Digest.ToString(), theirs, Mode(body.ValidationRule), body.ValidatingAuthority, body.EvidenceKey, message.At);
        var decision = new ReceiveRequest(received).Decide(request.State);
        if (decision.RefusedBy is { } rule) return new Effect.Refused(rule.Slug);
        if (decision.Events.Count == 0) return new Effect.Applied(ReceivedDesk.KeyOf(id)) { Case = stream, Codes = ReceivedDesk.Codes(received) };

        Decision<ExecutionEvent> all = [.. decision.Events, .. Assess(request.State, received, message.At), new ExecutionEvent.Acknowledged(message.At)];
        var key = ReceivedDesk.KeyOf(id);
        var group = work.Journal.Begin(key)
            .Add(stream, request.Version, all, ReceivedDesk.Codes(received), ReceivedDesk.Committed(id, null))
            .Seal(ReceivedDesk.DisclosedOf(id), JsonSerializer.SerializeToUtf8Bytes(Disclosed(message, body), EventJson.Options))
            .ToAppend();
        return new Effect.Applied(key)
        {
            Case = stream,
            Codes = ReceivedDesk.Codes(received),
            Streams = group.Streams,
            Vault = group.Vault,
            Replies = [new Outgoing(new MessageBody.Acknowledgement(act.Ref, read.Addressee.Authority), message.Counterpart, key) { Case = stream, Codes = ReceivedDesk.Codes(received) }],
        };
    }

    private Decision<ExecutionEvent> Assess(ReceivedRequest before, ExecutionEvent.Received received, DateTimeOffset at) =>
        assessing.Run(received.Facts, Side.Requested, received.Sender) is { } result
            ? new AssessHere(result, at).Decide(ReceivedRequest.Evolve(before, received))
            : [];

    /// <summary>What an official of the executing authority is shown beside the facts; the vault keeps it under the case's key.</summary>
    private static object Disclosed(AcceptedMessage message, ActBody.Request body) => new
    {
        body.Reference,
        body.Statute,
        Values = message.Disclosed.SelectMany(values => values).Select(value => new { At = value.JsonPointer, value.Name, value.Value }),
    };

    private static ValidationMode Mode(string rule) => rule switch { "before" => ValidationMode.Before, "within-48h" => ValidationMode.Within48Hours, _ => ValidationMode.None };
}

using System.Text;
using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Execution;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Requests;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Transfers;

/// <summary><c>POST /api/received/{id}/transfers</c>: takes in what the sealing tool made. Share B goes under the transfer's own key; nothing here can open an item.</summary>
public static class PrepareTransferEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/received/{id:guid}/transfers", Handle).For(Role.ExecutingProsecutor)
        .WithTags("Transfers").WithSummary("Describe sealed items for a request").WithExample(Example.Transfer);

    private static async Task<IResult> Handle(HttpContext http, Guid id, ReceivedDesk received, TransferDesk desk, NodeIdentity node)
    {
        var (body, refused) = await StrictBody.Read<PreparedBody>(http);
        if (refused is not null) return refused;
        if (PreparedItems.Faults(body!) is { Count: > 0 } faults) return Problem.Of(faults);
        return await received.On(http, id, async (request, inHand) =>
        {
            var loaded = await desk.Supplied(body!.Transfer, http.RequestAborted);
            var by = desk.Work.Acting(ReceivedDesk.KeyOf(id), http, Role.ExecutingProsecutor);
            var package = new SupplyEvent.Prepared(
                body.Transfer, id, inHand.Dossier.Received.Sender, [.. body.Items.Select(PreparedItems.ToEvidence)], body.ReleaseBy, body.Expires, by, desk.Work.Now);
            var decision = new PrepareTransfer(package, request.State).Decide(loaded.State);
            if (decision.RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
            var (acts, broken) = Acts(body, TransferUse.Fold(decision.Events), inHand.Dossier.Received.Facts.Necessity.Purpose, node.Jurisdiction, by, desk.Work.Now);
            if (broken is not null) return Attempt.Answer(Problem.Of(broken));
            Decision<TransferEvent> both = [.. decision.Events, .. acts];
            var group = desk.Gather(body.Transfer, loaded, package, inHand, both, by)
                .Add([desk.Work.Vault.Seal(TransferDesk.PreparedOf(body.Transfer), TransferDesk.KeyOf(body.Transfer), JsonSerializer.SerializeToUtf8Bytes(body, StrictJson.Options))]);
            foreach (var record in body.Items.SelectMany(PreparedItems.Records)) group.Seal(RecordCustodyEndpoint.RecordOf(body.Transfer, CompactJws.DigestOf(record).ToString()), Encoding.ASCII.GetBytes(record));
            return Attempt.Write(group, loaded.Version, version =>
            {
                http.Response.Headers.Location = $"/api/transfers/{body.Transfer}";
                http.Tag(version);
                return Results.Json(new { id = body.Transfer, state = "prepared", version }, statusCode: StatusCodes.Status201Created);
            });
        });
    }

    /// <summary>The records that came with the items, each at its place in the chain.</summary>
    private static (List<TransferEvent> Acts, Rule? Broken) Acts(PreparedBody body, TransferUse use, string purpose, string own, Official by, DateTimeOffset at)
    {
        List<TransferEvent> acts = [];
        foreach (var text in body.Items.SelectMany(PreparedItems.Records))
        {
            CustodyRecord.TryRead(text, out var record);
            var decision = new RecordAct(RecordCustodyEndpoint.Step(record!, CompactJws.DigestOf(text).ToString()), purpose, own, by, at).Decide(use);
            if (decision.RefusedBy is { } rule) return (acts, rule);
            acts.AddRange(decision.Events);
            use = decision.Events.Aggregate(use, TransferUse.Evolve);
        }
        return (acts, null);
    }
}

using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Retention;
using MlatExchange.Node.Storage;
using MlatExchange.Node.Transfers;
using Npgsql;

namespace MlatExchange.Node.Execution;

/// <summary><c>POST /api/received/{id}/closure</c>: nothing more is to be done with a received request; its key and those of its transfers are ordered to be destroyed.</summary>
public static class CloseReceivedEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/received/{id:guid}/closure", Handle).For(Role.Signer)
        .WithTags("Received").WithSummary("Close a received request");

    private static Task<IResult> Handle(HttpContext http, Guid id, ReceivedDesk desk, TransferDesk transfers, KeyStore keys, IConfiguration settings, NpgsqlDataSource database) =>
        desk.On(http, id, async (request, inHand) =>
        {
            if (inHand is ReceivedRequest.Closed) return Attempt.Answer(ReceivedDesk.Answer(http, 202, inHand, request.Version));
            var supplied = await Supplied(database, id, http.RequestAborted);
            var states = await Task.WhenAll(supplied.Select(async transfer => (await transfers.Supplied(transfer, http.RequestAborted)).State));
            var (by, now) = (desk.Work.Acting(ReceivedDesk.KeyOf(id), http, Role.Signer), desk.Work.Now);
            var decision = new CloseReceived(states.Count(IsOpen), by, now).Decide(request.State);
            if (decision.RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
            var received = inHand.Dossier.Received;
            var group = desk.Gather(id, request, received, decision, by);
            var order = new ErasureOrder(
                [.. received.Facts.Items.Select(item => item.DataCategory).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], received.Facts.Items.Count, by, ErasureGround.CaseClosed,
                received.Facts.Retention.LegalReference, Erasure.NotBefore(ErasureGround.CaseClosed, now, OrderDestructionEndpoint.ObjectionTime(settings)));
            foreach (var key in supplied.Select(TransferDesk.KeyOf).Where(key => keys.Find(key) is not null).Prepend(ReceivedDesk.KeyOf(id)))
                await EndKeyStep.Order(desk.Work.Journal, group, new(key, order, now), ReceivedDesk.Codes(received), http.RequestAborted);
            return Attempt.Write(group, request.Version, version => ReceivedDesk.Answer(http, 202, ReceivedDesk.After(request.State, decision), version), by.Id.Value);
        });

    /// <summary>The key is out and nobody certified, or something may still come.</summary>
    private static bool IsOpen(SuppliedTransfer transfer) => transfer is not (SuppliedTransfer.Certified or SuppliedTransfer.Lapsed or SuppliedTransfer.Stopped { KeyIsOut: false });

    /// <summary>Transfers that answer this request: each names it in its first event.</summary>
    private static async Task<List<string>> Supplied(NpgsqlDataSource database, Guid id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select data ->> 'transfer' from es.mt_events where type = 'transfer.prepared.v1' and data ->> 'received' = $1 order by seq_id");
        command.Parameters.Add(new() { Value = id.ToString() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var transfers = new List<string>();
        while (await reader.ReadAsync(cancellation)) transfers.Add(reader.GetString(0));
        return transfers;
    }
}

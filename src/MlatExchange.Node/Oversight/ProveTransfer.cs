using MlatExchange.Node.Http;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Bundles;
using MlatExchange.Protocol.Sealing;
using Npgsql;

namespace MlatExchange.Node.Oversight;

/// <summary>
/// <c>GET /api/oversight/transfers/{id}/proof</c> and <c>/api/oversight/queries/{id}/proof</c>: a file that shows, without asking this node again, that the transfer's record event, or the event by which a query was recorded, is in its log: leaf,
/// openings while the case's key lives, inclusion proof, newest checkpoint.
/// </summary>
public static class ProveTransferEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/oversight/transfers/{id}/proof", Handle).ForOversight().WithTags("Oversight").WithSummary("Proof that a transfer is logged");
        routes.MapGet("/api/oversight/queries/{id:guid}/proof", Query).ForOversight().WithTags("Oversight").WithSummary("Proof that a query was logged, beside what it gave out");
    }

    // The leaf and its place are for every body, as the log is; who asked is not opened.
    private static async Task<IResult> Query(HttpContext http, Guid id, Snapshots snapshots, LogReader log)
    {
        await using var snapshot = await snapshots.Open(http.RequestAborted);
        if (snapshot is null) return ConsultTransfersEndpoint.Behind(http);
        await using var known = new NpgsqlCommand("select true from read.audit_trail where event_id = $1 and kind = 'consultation.transfers-consulted.v1'", snapshot.Connection) { Parameters = { new() { Value = id } } };
        return await known.ExecuteScalarAsync(http.RequestAborted) is true && await Prove(id, log, null, http.RequestAborted) is { } proof ? Results.Bytes(proof.ToJson(), "application/json") : Problem.NotFound();
    }

    private static async Task<IResult> Handle(HttpContext http, string id, TransferPages pages, Consultations consultations, LogReader log, Vault vault)
    {
        var (purpose, unstated) = StatedPurpose.Read(http.Request.Headers);
        if (unstated is not null) return unstated;
        if (!SealingContext.IsTransfer(id)) return Problem.NotFound();
        var (caughtUp, record) = await pages.Find(id, http.RequestAborted);
        if (!caughtUp) return ConsultTransfersEndpoint.Behind(http);
        var proof = record is null ? null : await Prove(record.Record.Event, log, vault, http.RequestAborted);
        var asked = new Dictionary<string, string>(StringComparer.Ordinal) { ["proof"] = id };
        return await consultations.Answer(http, purpose!, asked, proof is null ? 0 : 1, _ => proof is null ? Problem.NotFound() : Results.Bytes(proof.ToJson(), "application/json"));
    }

    private static async Task<ProofFile?> Prove(Guid recordEvent, LogReader log, Vault? vault, CancellationToken cancellationToken)
    {
        if (await log.Leaf(recordEvent, cancellationToken) is not { } leaf || await log.Checkpoint(cancellationToken) is not { } checkpoint || checkpoint.Size <= leaf.Index) return null;
        var openings = vault is null ? null : await vault.Open($"openings/{recordEvent}", cancellationToken);
        var inclusion = await log.Inclusion(leaf.Index, checkpoint.Size, cancellationToken);
        return ProofFile.Of(leaf.Bytes, leaf.Index, openings, inclusion.ToArray(), checkpoint.Note);
    }
}

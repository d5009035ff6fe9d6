using MlatExchange.Domain.Retention;
using MlatExchange.Node.Evidence;
using MlatExchange.Node.Http;
using MlatExchange.Node.Storage;
using Npgsql;

namespace MlatExchange.Node.Retention;

/// <summary>
/// Whether a backup came back over what was erased since. The key store, which no backup covers, remembers every key it destroyed: a database that knows of no order for one is
/// older than that, and its node says so at readiness and serves nothing but health and log until its keeper has put the right state in place. Looked at once, before anything is
/// served: keys that a copy of their folder brought back are destroyed again, and sealed bytes of transfers that were destroyed are deleted again.
/// </summary>
public sealed partial class RestoredState(KeyStore keys, EvidenceFiles files, NpgsqlDataSource database, ILogger<RestoredState> log)
{
    private int forgotten;

    /// <summary>Null when the database knows of every erasure; otherwise one sentence without case content.</summary>
    public string? Fault => forgotten == 0 ? null : $"The database knows nothing of {forgotten} erasures that were carried out: it was put back to an earlier state.";

    public async Task Look(CancellationToken cancellation)
    {
        var again = keys.DestroyAgain();
        if (again.Count > 0) CameBack("keys", again.Count);
        var unknown = await Unknown([.. keys.Ended().Keys], cancellation);
        forgotten = unknown.Count;
        if (forgotten > 0) CameBack("erasures", forgotten);
        foreach (var keyId in again.Union(unknown, StringComparer.Ordinal).Where(id => id.StartsWith(KeyTerms.Transfer, StringComparison.Ordinal)))
            await files.DeleteAll(keyId[KeyTerms.Transfer.Length..], cancellation);
    }

    /// <summary>Destroyed keys for which no order stands: in a stream of its own, or, of a transfer at its holder, in the transfer's.</summary>
    private async Task<List<string>> Unknown(string[] ended, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select ended.id from unnest($1) as ended(id) where not exists (
                select from es.mt_events e where e.stream_id = 'erasure-' || ended.id and e.type = 'erasure.ordered.v1'
                union all select from es.mt_events e where e.stream_id = ended.id and e.type = 'transfer.destruction-ordered.v1')
            """);
        command.Parameters.Add(new() { Value = ended });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var unknown = new List<string>();
        while (await reader.ReadAsync(cancellation)) unknown.Add(reader.GetString(0));
        return unknown;
    }

    /// <summary>Refuses whatever could show or change what should be gone.</summary>
    public Task Guard(HttpContext http, RequestDelegate next) => forgotten > 0 && !http.Request.Path.StartsWithSegments("/health") && !http.Request.Path.StartsWithSegments("/log")
        ? Problem.Write(http, StatusCodes.Status503ServiceUnavailable, "database-restored", "The database was put back to a state before erasures that were carried out; nothing is served from it.")
        : next(http);

    [LoggerMessage(EventId = 4322, Level = LogLevel.Critical, Message = "What was erased came back with a copy ({What}, {Count})")]
    private partial void CameBack(string what, int count);
}

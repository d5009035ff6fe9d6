using Microsoft.AspNetCore.Mvc;
using MlatExchange.Node.Access;
using Npgsql;

namespace MlatExchange.Node.Pages.Operator;

/// <param name="Waiting">Raw messages not yet opened.</param>
/// <param name="Unlogged">Events not yet in the log.</param>
/// <param name="Work">Cases and transfers in which the node has something to do now.</param>
public sealed record QueueLengths(long Waiting, long Unlogged, long Work, long LogSize);

/// <summary>Messages set aside, by where they came through and what failed.</summary>
public sealed record QuarantinedMessages(string Counterpart, int Step, string Rule, long Count, DateTimeOffset Last);

/// <summary>What is trusted of one jurisdiction.</summary>
/// <param name="Keys">Use and the first characters of the thumbprint.</param>
public sealed record TrustOf(string Jurisdiction, bool Expired, long Seq, int Authorities, IReadOnlyList<string> Keys);

/// <summary>The operator's page: counts, codes and digests. It reads no case, and its tables hold none.</summary>
public sealed class IndexModel(NpgsqlDataSource database, TrustFolder trust) : NodePage
{
    public IReadOnlyList<KeyValuePair<string, string>> Failing { get; private set; } = [];

    public QueueLengths Queues { get; private set; } = new(0, 0, 0, 0);

    public IReadOnlyList<QuarantinedMessages> Quarantined { get; private set; } = [];

    public IReadOnlyList<TrustOf> Trust => [.. trust.Current.Jurisdictions.Order(StringComparer.Ordinal).Select(code => new TrustOf(
        code, trust.Current.IsExpired(code, Now), trust.Current.NodeOf(code)?.Keys is [var first, ..] ? first.Chain.Seq : 0, trust.Current.Authorities(code).Count,
        [.. (trust.Current.NodeOf(code)?.Keys ?? []).Select(key => $"{key.Use.ToString().ToLowerInvariant()}:{key.Key.Thumbprint[..8]}")]))];

    public IReadOnlyList<string> TrustFaults => [.. trust.Current.Faults.Select(fault => $"{fault.Rule} {fault.JsonPointer}")];

    public async Task<IActionResult> OnGet()
    {
        if (!Has(Role.Operator)) return StatusCode(StatusCodes.Status403Forbidden);
        Failing = [.. (await Get("/health/ready")).Body["failing"].Members.Select(part => KeyValuePair.Create(part.Key, part.Value.Text))];
        await using (var command = database.CreateCommand(
            "select (select count(*) from exchange.inbox_raw), (select count(*) from ledger.pending), (select count(*) from read.cases where has_work and (not_before is null or not_before <= $1)), (select coalesce(max(position), 0) from ledger.entries)"))
        {
            command.Parameters.Add(new() { Value = Now });
            await using var reader = await command.ExecuteReaderAsync(HttpContext.RequestAborted);
            await reader.ReadAsync(HttpContext.RequestAborted);
            Queues = new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
        }
        await using var set = database.CreateCommand("select counterpart, step, reason, count(*), max(quarantined_at) from exchange.quarantine group by counterpart, step, reason order by 5 desc limit 100");
        await using var rows = await set.ExecuteReaderAsync(HttpContext.RequestAborted);
        var found = new List<QuarantinedMessages>();
        while (await rows.ReadAsync(HttpContext.RequestAborted)) found.Add(new(rows.GetString(0), rows.GetInt32(1), rows.GetString(2), rows.GetInt64(3), rows.GetFieldValue<DateTimeOffset>(4)));
        Quarantined = found;
        return Page();
    }
}

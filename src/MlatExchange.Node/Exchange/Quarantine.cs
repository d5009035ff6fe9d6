using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Exchange;

/// <summary>
/// Keeps what failed before its sender was proven (steps 1 to 10): digest, step and time for ever, the bytes while the link is under its quota, so that a
/// flood through one link cannot fill the disk. Nothing of it is answered: whoever sent it is not known.
/// </summary>
/// <param name="quotaBytes">Most bytes kept per counterpart.</param>
public sealed partial class Quarantine(NpgsqlDataSource database, ILogger<Quarantine> log, long quotaBytes = 64 * 1024 * 1024)
{
    private const string Sql = """
        with gone as (delete from exchange.inbox_raw where digest = $1)
        insert into exchange.quarantine (digest, counterpart, step, reason, body)
        values ($1, $2, $3, $4, case when (select coalesce(sum(length(q.body)), 0) from exchange.quarantine q where q.counterpart = $2 and q.body is not null) + length($5) <= $6 then $5 end)
        on conflict (digest) do nothing
        """;

    /// <summary>Sets a message aside and forgets the raw row, in one transaction.</summary>
    /// <param name="step">Step of verification that failed.</param>
    /// <param name="rule">Slug of the rule; no content.</param>
    /// <param name="keepBody">False for what is larger than any message: its digest is enough.</param>
    public async Task Add(RawMessage message, int step, string rule, CancellationToken cancellation, bool keepBody = true)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = message.Digest });
        command.Parameters.Add(new() { Value = message.Counterpart });
        command.Parameters.Add(new() { Value = step });
        command.Parameters.Add(new() { Value = rule });
        command.Parameters.Add(new() { Value = keepBody ? message.Body : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea });
        command.Parameters.Add(new() { Value = quotaBytes });
        if (await command.ExecuteNonQueryAsync(cancellation) > 0) SetAside(message.Counterpart, step, rule);
    }

    [LoggerMessage(EventId = 4101, Level = LogLevel.Error, Message = "A message from {Counterpart} was quarantined at step {Step} ({Rule})")]
    private partial void SetAside(string counterpart, int step, string rule);
}

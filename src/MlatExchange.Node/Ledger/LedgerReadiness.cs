using Npgsql;

namespace MlatExchange.Node.Ledger;

/// <summary>
/// Whether the log is in order, for readiness: the sequencer is not stopped, nothing waits for long, and every event is in the log or waiting for it.
/// The comparison goes on where the last one ended, so it costs the same on a large log; <see cref="LedgerAudit"/> looks at everything.
/// </summary>
public sealed class LedgerReadiness(NpgsqlDataSource database, Sequencer sequencer, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private long compared;

    /// <summary>Null when in order, otherwise one sentence without content.</summary>
    public async Task<string?> Check(CancellationToken cancellationToken = default)
    {
        if (sequencer.State is SequencerState.Stopped stopped)
            return stopped.Reason;
        await using var command = database.CreateCommand("""
            with fresh as (select e.seq_id, e.id, e.type from es.mt_events e where e.seq_id > $1 order by e.seq_id limit 100000)
            select (select min(e.timestamp) from ledger.pending p join es.mt_events e using (seq_id)),
                   (select count(*) from fresh f where f.type <> 'tombstone' and not exists (select from ledger.entries n where n.event_id = f.id)
                       and not exists (select from ledger.pending p where p.seq_id = f.seq_id)),
                   (select max(seq_id) from fresh)
            """);
        command.Parameters.Add(new() { Value = Interlocked.Read(ref compared) });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        if (reader.GetInt64(1) is > 0 and var missing)
            return $"{missing} events are neither in the log nor waiting for it.";
        if (!reader.IsDBNull(2))
            Interlocked.Exchange(ref compared, reader.GetInt64(2));
        return !reader.IsDBNull(0) && clock.GetUtcNow() - reader.GetFieldValue<DateTimeOffset>(0) > Patience ? "Events wait for the log for more than 10 seconds." : null;
    }
}

using System.Data;
using MlatExchange.Node.Ledger;
using MlatExchange.Protocol.Transparency;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Oversight;

/// <summary>One state of the database, and what it says of the log: everything read over <see cref="Connection"/> belongs together.</summary>
/// <param name="Position">The rows say what the log said up to this position, inclusive.</param>
/// <param name="Checkpoint">The first signed head that covers it; null while the log is empty.</param>
/// <param name="Now">The instant that "overdue" means.</param>
public sealed record Snapshot(NpgsqlConnection Connection, NpgsqlTransaction Transaction, long Position, PublishedCheckpoint? Checkpoint, DateTimeOffset Now) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}

/// <summary>Opens snapshots once rows and signed log have caught up with what was appended before the call.</summary>
public sealed class Snapshots(NpgsqlDataSource database, LogBell bell, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3), Look = TimeSpan.FromMilliseconds(50);

    private const string Place = """
        select p.position, c.size, c.root, c.note, c.signed_at
        from (select least(coalesce((select position from read.projection where name = $1), 0), $2) as position) p
        left join lateral (select * from ledger.checkpoints k where k.size >= p.position order by k.size limit 1) c on true
        """;

    private const string Progress = """
        with wanted as (select coalesce($2, (select max(seq_id) from ledger.pending), 0) as seq_id)
        select seq_id, exists (select from ledger.pending p where p.seq_id <= wanted.seq_id), (select coalesce(max(position), 0) from ledger.entries),
               coalesce((select position from read.projection where name = $1), 0), (select coalesce(max(size), 0) from ledger.checkpoints)
        from wanted
        """;

    /// <summary>A snapshot; null when the rows or the signed log stay behind what was logged before the call: an answer would miss something without saying so.</summary>
    /// <param name="upTo">Names the checkpoint of this earlier position instead of the newest; 0 for the newest.</param>
    /// <param name="rows">The projection that is read: its name in <c>read.projection</c>.</param>
    public async Task<Snapshot?> Open(CancellationToken cancellationToken, long upTo = 0, string rows = TransferRecords.RowName)
    {
        if (!await CaughtUp(rows, cancellationToken)) return null;
        var connection = await database.OpenConnectionAsync(cancellationToken);
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand(Place, connection) { Parameters = { new() { Value = rows }, new() { Value = upTo > 0 ? upTo : long.MaxValue } } };
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            var checkpoint = reader.IsDBNull(1)
                ? null
                : new PublishedCheckpoint(reader.GetInt64(1), TreeHash.From(reader.GetFieldValue<byte[]>(2)), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4));
            return new(connection, transaction, reader.GetInt64(0), checkpoint, time.GetUtcNow());
        }
        catch
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
            throw;
        }
    }

    // What was appended when the query came is in its answer, and signed for.
    private async Task<bool> CaughtUp(string rows, CancellationToken cancellationToken)
    {
        (long? pending, long? wanted) = (null, null);
        var started = time.GetTimestamp();
        while (true)
        {
            var next = bell.NextPublished;
            await using (var command = database.CreateCommand(Progress))
            {
                command.Parameters.Add(new() { Value = rows });
                command.Parameters.Add(new() { Value = (object?)pending ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                await reader.ReadAsync(cancellationToken);
                pending ??= reader.GetInt64(0);
                if (!reader.GetBoolean(1)) wanted ??= reader.GetInt64(2);
                if (reader.GetInt64(3) >= wanted && reader.GetInt64(4) >= reader.GetInt64(3)) return true;
            }
            if (time.GetElapsedTime(started) > Patience) return false;
            await LogBell.Wait(next, Look, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}

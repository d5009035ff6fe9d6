using System.Data;
using System.Globalization;
using System.Text;
using MlatExchange.Node.Ledger;
using MlatExchange.Protocol.Transparency;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Oversight;

/// <summary>A page of records and the state of the log it was made from.</summary>
/// <param name="Next">Cursor of the next page; null on the last.</param>
/// <param name="Position">The records say what the log said up to this position, inclusive.</param>
/// <param name="Checkpoint">The first signed head that covers that position; null while the log is empty.</param>
/// <param name="Now">The instant that "overdue" means.</param>
public sealed record TransferPage(IReadOnlyList<TransferRecord> Records, string? Next, long Position, PublishedCheckpoint? Checkpoint, DateTimeOffset Now);

/// <summary>Reads transfer records, each page in one snapshot of the database together with the place reached in the log.</summary>
public sealed class TransferPages(NpgsqlDataSource database, LogBell bell, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3), Look = TimeSpan.FromMilliseconds(50);

    /// <summary>A page; null when the rows or the signed log stay behind what was logged before the call: an answer would miss transfers without saying so.</summary>
    public async Task<TransferPage?> Read(TransferFilter filter, CancellationToken cancellationToken)
    {
        if (!await CaughtUp(cancellationToken)) return null;
        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(Place) { Parameters = { new() { Value = TransferRecords.RowName } } }, Select(filter, now) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var (position, checkpoint) = PlaceOf(reader);
        await reader.NextResultAsync(cancellationToken);
        var records = new List<TransferRecord>();
        while (await reader.ReadAsync(cancellationToken)) records.Add(TransferRecords.Read(reader.GetFieldValue<byte[]>(0)));
        var more = records.Count > filter.Limit;
        if (more) records.RemoveAt(filter.Limit);
        return new(records, more ? filter.CursorAfter(records[^1].First.Position) : null, position, checkpoint, now);
    }

    /// <summary>The record of one transfer as far as it is logged and signed for; null record when there is none.</summary>
    public async Task<(bool CaughtUp, TransferRecord? Record)> Find(string transfer, CancellationToken cancellationToken)
    {
        if (!await CaughtUp(cancellationToken)) return (false, null);
        await using var command = database.CreateCommand("select record from read.transfer_records where transfer = $1");
        command.Parameters.Add(new() { Value = transfer });
        return (true, await command.ExecuteScalarAsync(cancellationToken) is string json ? TransferRecords.Read(Encoding.UTF8.GetBytes(json)) : null);
    }

    /// <summary>The statement of a page: only the conditions asked for, so that each has a plan over its own index. Values are parameters, always.</summary>
    public static NpgsqlBatchCommand Select(TransferFilter filter, DateTimeOffset now)
    {
        var command = new NpgsqlBatchCommand();
        var sql = new StringBuilder("select r.record from read.transfer_records r where r.first_position > ").Append(Value(filter.After));
        if (filter.From is { } from) sql.Append(" and r.first_at >= ").Append(Value(from.UtcDateTime));
        if (filter.To is { } to) sql.Append(" and r.first_at < ").Append(Value(to.UtcDateTime));
        if (filter.Direction is { } direction) sql.Append(" and r.direction = ").Append(Value(direction));
        if (filter.Counterpart is { } counterpart) sql.Append(" and r.counterpart = ").Append(Value(counterpart));
        if (filter.Instrument is { } instrument) sql.Append(" and r.instrument = ").Append(Value(instrument));
        if (filter.Outcome is { } state) sql.Append(" and r.state = ").Append(Value(state));
        if (filter.Overdue is true) sql.Append(" and r.due < ").Append(Value(now.UtcDateTime));
        if (filter.Overdue is false) sql.Append(" and (r.due is null or r.due >= ").Append(Value(now.UtcDateTime)).Append(')');
        if (filter.DataCategory is { } data) Category("data", data);
        if (filter.SubjectCategory is { } subject) Category("subject", subject);
        sql.Append(" order by r.first_position limit ").Append(Value(filter.Limit + 1));
        command.CommandText = sql.ToString();
        return command;

        string Value(object value)
        {
            command.Parameters.Add(new() { Value = value });
            return string.Create(CultureInfo.InvariantCulture, $"${command.Parameters.Count}");
        }

        void Category(string kind, string code) => sql.Append(CultureInfo.InvariantCulture,
            $" and exists (select from read.transfer_categories c where c.kind = '{kind}' and c.code = {Value(code)} and c.first_position = r.first_position)");
    }

    private const string Place = """
        select p.position, c.size, c.root, c.note, c.signed_at
        from (select coalesce((select position from read.projection where name = $1), 0) as position) p
        left join lateral (select * from ledger.checkpoints k where k.size >= p.position order by k.size limit 1) c on true
        """;

    private const string Progress = """
        with wanted as (select coalesce($2, (select max(seq_id) from ledger.pending), 0) as seq_id)
        select seq_id, exists (select from ledger.pending p where p.seq_id <= wanted.seq_id), (select coalesce(max(position), 0) from ledger.entries),
               coalesce((select position from read.projection where name = $1), 0), (select coalesce(max(size), 0) from ledger.checkpoints)
        from wanted
        """;

    // What was appended when the query came is in its answer, and signed for.
    private async Task<bool> CaughtUp(CancellationToken cancellationToken)
    {
        (long? pending, long? wanted) = (null, null);
        var started = time.GetTimestamp();
        while (true)
        {
            var next = bell.NextPublished;
            await using (var command = database.CreateCommand(Progress))
            {
                command.Parameters.Add(new() { Value = TransferRecords.RowName });
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

    private static (long Position, PublishedCheckpoint? Checkpoint) PlaceOf(NpgsqlDataReader reader) => (
        reader.GetInt64(0),
        reader.IsDBNull(1) ? null : new(reader.GetInt64(1), TreeHash.From(reader.GetFieldValue<byte[]>(2)), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4)));
}

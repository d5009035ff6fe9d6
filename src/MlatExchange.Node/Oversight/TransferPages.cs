using System.Globalization;
using System.Text;
using MlatExchange.Node.Ledger;
using Npgsql;

namespace MlatExchange.Node.Oversight;

/// <summary>A page of records and the state of the log it was made from.</summary>
/// <param name="Next">Cursor of the next page; null on the last.</param>
/// <param name="Position">The records say what the log said up to this position, inclusive.</param>
/// <param name="Checkpoint">The first signed head that covers that position; null while the log is empty.</param>
/// <param name="Now">The instant that "overdue" means.</param>
public sealed record TransferPage(IReadOnlyList<TransferRecord> Records, string? Next, long Position, PublishedCheckpoint? Checkpoint, DateTimeOffset Now);

/// <summary>Reads transfer records, each page in one snapshot of the database together with the place reached in the log.</summary>
public sealed class TransferPages(Snapshots snapshots)
{
    /// <summary>A page; null when the rows stay behind the log.</summary>
    public async Task<TransferPage?> Read(TransferFilter filter, CancellationToken cancellationToken)
    {
        await using var snapshot = await snapshots.Open(cancellationToken);
        if (snapshot is null) return null;
        await using var batch = new NpgsqlBatch(snapshot.Connection) { BatchCommands = { Select(filter, snapshot.Now) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var records = new List<TransferRecord>();
        while (await reader.ReadAsync(cancellationToken)) records.Add(TransferRecords.Read(reader.GetFieldValue<byte[]>(0)));
        var more = records.Count > filter.Limit;
        if (more) records.RemoveAt(filter.Limit);
        return new(records, more ? filter.CursorAfter(records[^1].First.Position) : null, snapshot.Position, snapshot.Checkpoint, snapshot.Now);
    }

    /// <summary>The record of one transfer as far as it is logged and signed for; null record when there is none.</summary>
    public async Task<(bool CaughtUp, TransferRecord? Record)> Find(string transfer, CancellationToken cancellationToken)
    {
        await using var snapshot = await snapshots.Open(cancellationToken);
        if (snapshot is null) return (false, null);
        await using var command = new NpgsqlCommand("select record from read.transfer_records where transfer = $1", snapshot.Connection) { Parameters = { new() { Value = transfer } } };
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
}

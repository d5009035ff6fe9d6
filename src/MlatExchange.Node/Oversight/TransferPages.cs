using MlatExchange.Node.Ledger;
using Npgsql;

namespace MlatExchange.Node.Oversight;

/// <summary>A record as it is stored and given out.</summary>
/// <param name="Document">UTF-8 JSON of the record, without <c>overdue</c>.</param>
/// <param name="Overdue">At the instant of the answer.</param>
public sealed record TransferRow(byte[] Document, bool Overdue)
{
    private readonly Lazy<TransferRecord> record = new(() => TransferRows.Read(Document));

    public TransferRecord Record => record.Value;
}

/// <summary>A page of records and the state of the log it was made from.</summary>
/// <param name="Next">Cursor of the next page; null on the last.</param>
/// <param name="Position">The records say what the log said up to this position, inclusive.</param>
/// <param name="UpTo">All pages of the query have the transfers whose first event is at or below this position, and no others.</param>
/// <param name="Checkpoint">The first signed head that covers both; null while the log is empty.</param>
/// <param name="Now">The instant that "overdue" means.</param>
public sealed record TransferPage(IReadOnlyList<TransferRow> Rows, string? Next, long Position, long UpTo, PublishedCheckpoint? Checkpoint, DateTimeOffset Now)
{
    public IReadOnlyList<TransferRecord> Records => [.. Rows.Select(row => row.Record)];
}

/// <summary>How many records there are, and by which state of the log.</summary>
public sealed record TransferCount(long Count, long Position, PublishedCheckpoint? Checkpoint, DateTimeOffset Now);

/// <summary>Reads transfer records, each page in one snapshot of the database together with the place reached in the log.</summary>
public sealed class TransferPages(Snapshots snapshots)
{
    /// <summary>A page; null when the rows stay behind the log.</summary>
    public async Task<TransferPage?> Read(TransferFilter filter, CancellationToken cancellationToken)
    {
        await using var snapshot = await snapshots.Open(cancellationToken);
        if (snapshot is null) return null;
        var upTo = filter.After?.UpTo ?? snapshot.Position;
        await using var command = TransferStatements.Page(filter, snapshot.Now, upTo);
        command.Connection = snapshot.Connection;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (rows, last, next) = (new List<TransferRow>(), (PageCursor?)null, (string?)null);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (rows.Count == filter.Limit)
            {
                next = last!.Text(filter.Fingerprint());
                break;
            }
            last = new(upTo, filter.Order == TransferOrder.Changed ? reader.GetInt64(1) : reader.GetFieldValue<DateTime>(1).Ticks, reader.GetInt64(0));
            rows.Add(Row(reader, snapshot.Now));
        }
        return new(rows, next, snapshot.Position, upTo, snapshot.Checkpoint, snapshot.Now);
    }

    /// <summary>How many rows the filter finds; null when the rows stay behind the log.</summary>
    public async Task<TransferCount?> Count(TransferFilter filter, CancellationToken cancellationToken)
    {
        await using var snapshot = await snapshots.Open(cancellationToken);
        return snapshot is null ? null : new(await Count(filter, snapshot, cancellationToken), snapshot.Position, snapshot.Checkpoint, snapshot.Now);
    }

    /// <summary>The record of one transfer as far as it is logged and signed for; null record when there is none.</summary>
    public async Task<(bool CaughtUp, TransferRecord? Record)> Find(string transfer, CancellationToken cancellationToken)
    {
        await using var snapshot = await snapshots.Open(cancellationToken);
        if (snapshot is null) return (false, null);
        await using var command = new NpgsqlCommand("select d.record from read.transfer_records r join read.transfer_documents d using (first_position) where r.transfer = $1", snapshot.Connection)
        {
            Parameters = { new() { Value = transfer } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return (true, await reader.ReadAsync(cancellationToken) ? TransferRows.Read(reader.GetFieldValue<byte[]>(0)) : null);
    }

    internal static async Task<long> Count(TransferFilter filter, Snapshot snapshot, CancellationToken cancellationToken)
    {
        await using var command = TransferStatements.Count(filter, snapshot.Now, filter.After?.UpTo ?? snapshot.Position);
        command.Connection = snapshot.Connection;
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    internal static TransferRow Row(NpgsqlDataReader reader, DateTimeOffset now) => new(reader.GetFieldValue<byte[]>(3), !reader.IsDBNull(2) && reader.GetFieldValue<DateTimeOffset>(2) < now);
}

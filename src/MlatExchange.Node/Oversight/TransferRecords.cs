using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Oversight;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Oversight.Fhir;
using MlatExchange.Node.Recording;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Oversight;

/// <summary>
/// The projection <c>read.transfer_records</c>, one row per transfer, and <c>read.audit_trail</c>, one row per event of a transfer or a consultation: from the log entries of
/// streams <c>transfer-…</c> and <c>consultation-…</c>.
/// </summary>
public sealed class TransferRecords(NpgsqlDataSource database, LogBell bell, Recorder recorder, FhirNode node, ILogger<TransferRecords> log)
    : Projection(RowName, database, bell, log)
{
    /// <summary>Name of its row in <c>read.projection</c>.</summary>
    public const string RowName = "transfer-records";

    private const string ConsultationPrefix = "consultation-";

    private const string Upsert = """
        insert into read.transfer_records (first_position, transfer, first_at, direction, counterpart, instrument, state, due, record)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (transfer) do update set instrument = excluded.instrument, state = excluded.state, due = excluded.due, record = excluded.record
        """;

    private const string Categories = """
        insert into read.transfer_categories (kind, code, first_position)
        select 'data', code, $1 from unnest($2) code union all select 'subject', code, $1 from unnest($3) code on conflict do nothing
        """;

    /// <inheritdoc/>
    protected override async Task Apply(IReadOnlyList<LogEntry> page, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var entry in page.Where(entry => entry.Event.Stream.StartsWith(ConsultationPrefix, StringComparison.Ordinal)))
        {
            if (recorder.Read(entry.Event) is OversightEvent looked)
                batch.BatchCommands.Add(AuditTrail.Of(node, Guid.Parse(entry.Event.Stream[ConsultationPrefix.Length..]), LogPlace.Of(entry), looked).ToCommand());
        }
        var entries = page.Where(entry => entry.Event.Stream.StartsWith(TransferHistory.StreamPrefix, StringComparison.Ordinal)).ToList();
        var records = entries.Count == 0 ? [] : await Known(connection, [.. entries.Select(Transfer).Distinct(StringComparer.Ordinal)], cancellationToken);
        var changed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var happened = recorder.Read(entry.Event) as TransferEvent;
            if (TransferHistory.After(records.GetValueOrDefault(Transfer(entry)), entry, happened) is not { } next) continue;
            records[next.Transfer] = next;
            changed.Add(next.Transfer);
            if (happened is not null) batch.BatchCommands.Add(AuditTrail.Of(node, next, happened).ToCommand());
        }
        foreach (var transfer in changed) Write(batch, records[transfer], isNew: records[transfer].First.Position >= page[0].Position);
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Transfer(LogEntry entry) => entry.Event.Stream[TransferHistory.StreamPrefix.Length..];

    /// <inheritdoc/>
    protected override async Task Clear(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("truncate read.transfer_records, read.transfer_categories, read.audit_trail", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A row as it was written.</summary>
    internal static TransferRecord Read(byte[] json) => JsonSerializer.Deserialize<TransferRecord>(json, EventJson.Options)!;

    private static async Task<Dictionary<string, TransferRecord>> Known(NpgsqlConnection connection, string[] transfers, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select record from read.transfer_records where transfer = any($1)", connection) { Parameters = { new() { Value = transfers } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var records = new Dictionary<string, TransferRecord>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            var record = Read(reader.GetFieldValue<byte[]>(0));
            records.Add(record.Transfer, record);
        }
        return records;
    }

    private static void Write(NpgsqlBatch batch, TransferRecord record, bool isNew)
    {
        batch.BatchCommands.Add(new(Upsert)
        {
            Parameters =
            {
                new() { Value = record.First.Position },
                new() { Value = record.Transfer },
                new() { Value = record.First.At.UtcDateTime },
                new() { Value = Direction(record.Direction) },
                new() { Value = record.Counterpart },
                new() { Value = (object?)record.Instrument ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = record.State },
                new() { Value = (object?)record.Due?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new() { Value = JsonSerializer.SerializeToUtf8Bytes(record, EventJson.Options), NpgsqlDbType = NpgsqlDbType.Jsonb },
            },
        });
        // Items are fixed from the first event on, and with them the categories.
        if (!isNew) return;
        batch.BatchCommands.Add(new(Categories)
        {
            Parameters = { new() { Value = record.First.Position }, new() { Value = record.DataCategories.ToArray() }, new() { Value = record.SubjectCategories.ToArray() } },
        });
    }

    internal static string Direction(TransferDirection direction) => direction == TransferDirection.Incoming ? "incoming" : "outgoing";
}

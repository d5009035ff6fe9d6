using System.Globalization;
using System.Text;
using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Oversight;
using MlatExchange.Domain.Threads;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using Npgsql;

namespace MlatExchange.Node.Oversight.Reconciling;

/// <summary>Follows the log for what is reconciled: each message with a record, the other side's lists, and what was listed and reported.</summary>
public sealed class ExchangedRecords(NpgsqlDataSource database, LogBell bell, Recorder recorder, ILogger<ExchangedRecords> log) : Projection(RowName, database, bell, log)
{
    /// <summary>Name of its row in <c>read.projection</c>.</summary>
    public const string RowName = "exchanged-records";

    private const string ThreadPrefix = "thread-";
    private static readonly string[] Rejections = [EnumCode.Of(ReceiptKind.NonDelivery), EnumCode.Of(ReceiptKind.Stale)];

    protected override async Task Apply(IReadOnlyList<LogEntry> page, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var entry in page)
        {
            if (entry.Event.Stream.StartsWith(ThreadPrefix, StringComparison.Ordinal)) Said(batch, entry);
            else if (entry.Event.Stream.StartsWith("reconciliation-", StringComparison.Ordinal)) Reconciled(batch, entry);
        }

        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    protected override async Task Clear(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("truncate read.exchanged_records, read.counterpart_lists, read.reconciliations, read.reconciliation_reports", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private void Said(NpgsqlBatch batch, LogEntry entry)
    {
        switch (recorder.Read(entry.Event))
        {
            case ThreadEvent.MessageSigned e:
                Exchanged(batch, entry, true, e.Counterpart, e.Seq, e.Digest);
                break;
            case ThreadEvent.MessageAccepted { Receipt: { } receipt } when Rejections.Contains(receipt.Receipt):
                Add(batch, "update read.exchanged_records set rejected = true where ours and message = $1", receipt.Of);
                break;
            case ThreadEvent.MessageAccepted e:
                if (e.Kind == MessageKind.ReconciliationList.Slug)
                    Add(batch, "insert into read.counterpart_lists (event_id, position, counterpart, digest) values ($1, $2, $3, $4) on conflict do nothing", entry.Event.Id, entry.Position, e.Counterpart, e.Digest);
                Exchanged(batch, entry, false, e.Counterpart, e.Seq, e.Digest);
                break;
        }
    }

    private static void Exchanged(NpgsqlBatch batch, LogEntry entry, bool ours, string counterpart, long seq, string digest)
    {
        if (RecordOf(entry.Event.Headers) is not { } record) return;
        using var read = JsonDocument.Parse(record);
        Add(batch, "insert into read.exchanged_records (counterpart, ours, thread, seq, message, record, issued_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
            counterpart, ours, entry.Event.Stream[ThreadPrefix.Length..], seq, digest, Digest.Of(Encoding.UTF8.GetBytes(record)).ToString(),
            DateTimeOffset.Parse(read.RootElement.GetProperty("issuedAt").GetString()!, CultureInfo.InvariantCulture));
    }

    private void Reconciled(NpgsqlBatch batch, LogEntry entry)
    {
        switch (recorder.Read(entry.Event))
        {
            case ReconciliationEvent.RecordsListed { Occasion: ReconciliationOccasion.Period } e:
                Add(batch, "insert into read.reconciliations (counterpart, listed_to, listed_at) values ($1, $2, $3) on conflict (counterpart) do update set listed_to = excluded.listed_to, listed_at = excluded.listed_at", e.Counterpart, e.To, e.At);
                break;
            case ReconciliationEvent.RecordsCompared e:
                Add(batch, "insert into read.reconciliation_reports (event_id, position, counterpart, period_from, period_to, told, found) values ($1, $2, $3, $4, $5, convert_from($6, 'utf8')::jsonb, $7)",
                    entry.Event.Id, entry.Position, e.Counterpart, e.From, e.To, entry.Event.Data.ToArray(), e.OnlyHere + e.OnlyThere + e.Differing + e.Uncovered);
                if (e.List is { } list) Add(batch, "update read.counterpart_lists set compared = true where event_id = $1", list);
                else Add(batch, "insert into read.reconciliations (counterpart, reported_to) values ($1, $2) on conflict (counterpart) do update set reported_to = excluded.reported_to", e.Counterpart, e.To);
                break;
        }
    }

    private static string? RecordOf(ReadOnlyMemory<byte> headers)
    {
        if (headers.IsEmpty) return null;
        using var document = JsonDocument.Parse(headers);
        return document.RootElement.TryGetProperty("leaf", out var leaf) && leaf.TryGetProperty("record", out var record) ? record.GetString() : null;
    }

    private static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(command);
    }
}

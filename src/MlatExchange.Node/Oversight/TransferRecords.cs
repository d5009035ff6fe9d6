using MlatExchange.Domain.Oversight;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Oversight.Fhir;
using MlatExchange.Node.Recording;
using Npgsql;

namespace MlatExchange.Node.Oversight;

/// <summary>
/// The projection of everything that oversight queries: one record per transfer with what its case tells, from the streams <c>transfer-…</c>, <c>request-…</c> and
/// <c>received-…</c>, and <c>read.audit_trail</c>, one row per event of a transfer or a consultation.
/// </summary>
public sealed class TransferRecords(NpgsqlDataSource database, LogBell bell, Recorder recorder, FhirNode node, ILogger<TransferRecords> log)
    : Projection(RowName, database, bell, log)
{
    /// <summary>Name of its row in <c>read.projection</c>.</summary>
    public const string RowName = "transfer-records";

    private const string ConsultationPrefix = "consultation-";

    /// <inheritdoc/>
    protected override async Task Apply(IReadOnlyList<LogEntry> page, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var transfers = page.Where(IsTransfer).Select(Transfer).Distinct(StringComparer.Ordinal).ToArray();
        var told = page.Where(Tells).Select(entry => entry.Event.Stream).Distinct(StringComparer.Ordinal).ToArray();
        var records = transfers.Length + told.Length == 0 ? [] : await TransferRows.Records(connection, transfers, told, cancellationToken);
        string[] streams = [.. told, .. records.Values.Select(record => record.CaseStream), .. page.Where(entry => IsTransfer(entry) && entry.Event.Version == 1).Select(entry => TransferHistory.CaseOf(recorder.Read(entry.Event) as TransferEvent)).OfType<string>()];
        var cases = streams.Length == 0 ? [] : await TransferRows.Cases(connection, [.. streams.Distinct(StringComparer.Ordinal)], cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        var (changed, changedCases) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var entry in page)
        {
            var stream = entry.Event.Stream;
            if (stream.StartsWith(ConsultationPrefix, StringComparison.Ordinal))
            {
                if (recorder.Read(entry.Event) is OversightEvent looked)
                    batch.BatchCommands.Add(AuditTrail.Of(node, Guid.Parse(stream[ConsultationPrefix.Length..]), LogPlace.Of(entry), looked).ToCommand());
            }
            else if (IsTransfer(entry))
            {
                var happened = recorder.Read(entry.Event) as TransferEvent;
                if (TransferHistory.After(records.GetValueOrDefault(Transfer(entry)), entry, happened) is not { } next) continue;
                next = Marked(next, cases.GetValueOrDefault(next.CaseStream));
                records[next.Transfer] = next;
                changed.Add(next.Transfer);
                if (happened is not null) batch.BatchCommands.Add(AuditTrail.Of(node, next, happened).ToCommand());
            }
            else if (Tells(entry))
            {
                var known = cases[stream] = OversightCase.After(cases.GetValueOrDefault(stream), entry, OversightCase.Matters(entry.Event.Type) ? recorder.Read(entry.Event) : null);
                changedCases.Add(stream);
                foreach (var record in records.Values.Where(record => record.CaseStream == stream).ToList())
                {
                    records[record.Transfer] = Marked(record, known);
                    changed.Add(record.Transfer);
                }
            }
        }
        foreach (var stream in changedCases) TransferRows.Write(batch, cases[stream]);
        foreach (var transfer in changed) TransferRows.Write(batch, records[transfer]);
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task Clear(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("truncate read.transfer_records, read.transfer_documents, read.transfer_conduct, read.transfer_codes, read.oversight_cases, read.audit_trail", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static TransferRecord Marked(TransferRecord record, OversightCase? known) => known is null ? record : record with { Case = known.Pseudonym, Marks = known.Marks.With(record.Marks) };

    private static bool IsTransfer(LogEntry entry) => entry.Event.Stream.StartsWith(TransferHistory.StreamPrefix, StringComparison.Ordinal);

    /// <summary>Whether it tells something of a case: its first event, and those that change what is known.</summary>
    private static bool Tells(LogEntry entry) => OversightCase.IsCase(entry.Event.Stream) && (entry.Event.Version == 1 || OversightCase.Matters(entry.Event.Type));

    private static string Transfer(LogEntry entry) => entry.Event.Stream[TransferHistory.StreamPrefix.Length..];
}

using System.Text.Json;
using System.Text.Json.Serialization;
using MlatExchange.Domain;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Oversight;

/// <summary>Rows of <c>read.transfer_records</c>, <c>transfer_documents</c>, <c>transfer_codes</c> and <c>oversight_cases</c>: how they are written and read back.</summary>
internal static class TransferRows
{
    // Every member is there, also when it is null: a reader need not guess.
    private static readonly JsonSerializerOptions Json = new(EventJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    private const string Upsert = """
        insert into read.transfer_records (first_position, transfer, first_at, changed, record_position, direction, counterpart, instrument, authority_role, purpose, state, due,
            minors, special, emergency, overridden, divergent, onward, incident, pseudonym, case_stream, codes, fetched)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
        on conflict (transfer) do update set changed = excluded.changed, record_position = excluded.record_position, instrument = excluded.instrument, authority_role = excluded.authority_role,
            purpose = excluded.purpose, state = excluded.state, due = excluded.due, minors = excluded.minors, special = excluded.special, emergency = excluded.emergency,
            overridden = excluded.overridden, divergent = excluded.divergent, onward = excluded.onward, incident = excluded.incident, pseudonym = excluded.pseudonym, codes = excluded.codes,
            fetched = excluded.fetched
        """;

    public static string Direction(TransferDirection direction) => direction == TransferDirection.Incoming ? "incoming" : "outgoing";

    /// <summary>The record as it is given out, but for <c>overdue</c>.</summary>
    public static byte[] Document(TransferRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, Json);

    public static TransferRecord Read(byte[] document) => JsonSerializer.Deserialize<TransferRecord>(document, Json)!;

    /// <summary>Adds what brings all rows of a record up to date.</summary>
    public static void Write(NpgsqlBatch batch, TransferRecord record)
    {
        batch.BatchCommands.Add(new(Upsert) { Parameters =
        {
            new() { Value = record.First.Position }, new() { Value = record.Transfer }, new() { Value = record.First.At.UtcDateTime }, new() { Value = record.Last.Position }, new() { Value = record.Record.Position },
            new() { Value = Direction(record.Direction) }, new() { Value = record.Counterpart }, Nullable(record.Instrument, NpgsqlDbType.Text), Nullable(record.AuthorityRole, NpgsqlDbType.Text),
            Nullable(record.Purpose, NpgsqlDbType.Text), new() { Value = record.State }, Nullable(record.Due?.UtcDateTime, NpgsqlDbType.TimestampTz),
            new() { Value = record.Marks.Minors }, new() { Value = record.Marks.SpecialCategories }, new() { Value = record.Marks.Emergency }, new() { Value = record.Marks.Overridden },
            Nullable(record.Marks.Divergent, NpgsqlDbType.Boolean), new() { Value = record.Marks.Onward }, new() { Value = record.Marks.Incident }, Nullable(record.Case, NpgsqlDbType.Uuid),
            new() { Value = record.CaseStream }, new() { Value = record.Codes.ToArray() }, new() { Value = record.Fetched.ToArray() },
        } });
        batch.BatchCommands.Add(new("insert into read.transfer_documents (first_position, record) values ($1, $2) on conflict (first_position) do update set record = excluded.record")
        {
            Parameters = { new() { Value = record.First.Position }, new() { Value = Document(record), NpgsqlDbType = NpgsqlDbType.Json } },
        });
        if (record.Told is { } told)
            batch.BatchCommands.Add(new("insert into read.transfer_conduct (transfer, conduct) values ($1, $2) on conflict (transfer) do update set conduct = excluded.conduct")
            {
                Parameters = { new() { Value = record.Transfer }, new() { Value = JsonSerializer.SerializeToUtf8Bytes(told, Json), NpgsqlDbType = NpgsqlDbType.Json } },
            });
        batch.BatchCommands.Add(new("insert into read.transfer_codes (code, first_at, first_position) select code, $2, $3 from unnest($1) code on conflict do nothing")
        {
            Parameters = { new() { Value = record.Codes.ToArray() }, new() { Value = record.First.At.UtcDateTime }, new() { Value = record.First.Position } },
        });
    }

    public static void Write(NpgsqlBatch batch, OversightCase known) => batch.BatchCommands.Add(
        new("insert into read.oversight_cases (stream, pseudonym, thread, marks) values ($1, $2, $3, $4) on conflict (stream) do update set thread = excluded.thread, marks = excluded.marks")
        {
            Parameters =
            {
                new() { Value = known.Stream }, new() { Value = known.Pseudonym }, Nullable(known.Thread, NpgsqlDbType.Text),
                new() { Value = JsonSerializer.SerializeToUtf8Bytes(known.Marks, Json), NpgsqlDbType = NpgsqlDbType.Json },
            },
        });

    /// <summary>The records of these transfers, and of all transfers of these cases.</summary>
    public static async Task<Dictionary<string, TransferRecord>> Records(NpgsqlConnection connection, string[] transfers, string[] cases, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            select d.record, r.fetched, r.case_stream, c.conduct from read.transfer_records r join read.transfer_documents d using (first_position) left join read.transfer_conduct c on c.transfer = r.transfer
            where r.transfer = any($1)
            union all
            select d.record, r.fetched, r.case_stream, c.conduct from read.transfer_records r join read.transfer_documents d using (first_position) left join read.transfer_conduct c on c.transfer = r.transfer
            where r.case_stream = any($2) and r.transfer <> all($1)
            """, connection) { Parameters = { new() { Value = transfers }, new() { Value = cases } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var records = new Dictionary<string, TransferRecord>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            var record = Read(reader.GetFieldValue<byte[]>(0)) with
            {
                Fetched = reader.GetFieldValue<string[]>(1),
                CaseStream = reader.GetString(2),
                Told = reader.IsDBNull(3) ? null : JsonSerializer.Deserialize<TransferConduct>(reader.GetFieldValue<byte[]>(3), Json),
            };
            records.Add(record.Transfer, record);
        }
        return records;
    }

    public static CaseMarks Marks(byte[] json) => JsonSerializer.Deserialize<CaseMarks>(json, Json)!;

    public static async Task<Dictionary<string, OversightCase>> Cases(NpgsqlConnection connection, string[] streams, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select stream, pseudonym, thread, marks from read.oversight_cases where stream = any($1)", connection) { Parameters = { new() { Value = streams } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var cases = new Dictionary<string, OversightCase>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
            cases.Add(reader.GetString(0), new(reader.GetString(0), reader.GetGuid(1), reader.IsDBNull(2) ? null : reader.GetString(2), Marks(reader.GetFieldValue<byte[]>(3))));
        return cases;
    }

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}

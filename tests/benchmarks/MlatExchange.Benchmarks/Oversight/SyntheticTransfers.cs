using System.Globalization;
using Hl7.Fhir.Model;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Oversight;
using MlatExchange.Node.Oversight.Fhir;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Benchmarks.Oversight;

/// <summary>
/// Makes transfer records out of nothing, the same ones each time: record n depends on n alone. Evenly over three years, with frequencies that a busy node could have
/// (see <see cref="Of"/>). Written by COPY in the form the projection writes; the events behind them do not exist, nor their leaves.
/// </summary>
internal static class SyntheticTransfers
{
    public static readonly DateTimeOffset Begin = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>From the first record to the last, however many there are.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromDays(3 * 365);

    public static readonly FhirNode Node = new("XA", "https://node.xa.example", "node.xa.example/log/2026", "https://node.xa.example");

    private static readonly string[] Counterparts = ["XB", "XC", "XD", "XE", "XF", "XG", "XH", "XI"], Instruments = ["EEV", "EEV", "EEV", "EIO", "EIO", "BC29", "BC31", "UNTOC"],
        Data = ["subscriber", "traffic", "content", "content", "content", "financial", "identification", "health"], Subjects = ["LED6a", "LED6a", "LED6b", "LED6c", "LED6d"],
        Conditions = ["UseOnlyFor", "NoOnward", "Confidential", "ReportUse"], Purposes = ["establish-the-facts", "identify-the-user", "protect-a-victim", "trace-proceeds"],
        Grounds = ["political-offence", "ne-bis-in-idem", "immunity", "dual-criminality", "fundamental-rights"],
        States = ["certified", "certified", "certified", "certified", "certified", "certified", "under-retention", "under-retention", "released", "accepted", "offered", "lapsed"];

    /// <summary>Record <paramref name="n"/> of <paramref name="total"/>, from 1: minors 12 %, special categories 3 %, emergency 2 %, overrides 5 %, divergence 4 %, grounds 1 %, onward 1 %, incident 0.5 %, overdue 2 %.</summary>
    public static TransferRecord Of(long n, long total)
    {
        // Positions are the record's number; the time steps do not depend on the total, so that a table can grow.
        var at = At(n, total);
        var state = n % 500 == 0 ? "stopped" : Pick(States, n, 1);
        var due = state switch { "certified" or "lapsed" or "stopped" => (DateTimeOffset?)null, _ => Rate(n, 2, 60) ? at.AddDays(-1) : Begin.AddYears(6).AddMinutes(Mix(n, 3) % 1_000_000) };
        var instrument = Pick(Instruments, n, 4);
        var incoming = Rate(n, 5, 500);
        var terms = new RetentionTerms(30 * (1 + (int)(Mix(n, 6) % 12)), "receipt", 180, "destroy-and-certify", "XB Act 9");
        LogPlace place = new(n, n - 1, Event(n), incoming ? "transfer.accepted.v1" : "transfer.offered.v1", at);
        return new(
            Transfer(n), incoming ? TransferDirection.Incoming : TransferDirection.Outgoing, Pick(Counterparts, n, 7), Event(1_000_000_000_000 + (n / 3)), instrument, [$"{instrument} 5", $"{instrument} {12 + (n % 3)}"],
            "public-prosecutor", [Pick(Data, n, 8)], [Pick(Subjects, n, 9)], Pick(Purposes, n, 10), [Pick(Conditions, n, 11)], terms, [terms], $"sha-256:{new string('A', 43)}", state, 1 + (int)(n % 4), 1, 0,
            new(Rate(n, 12, 120), Rate(n, 13, 30), Rate(n, 14, 20), Rate(n, 15, 50), incoming ? null : Rate(n, 16, 80), Rate(n, 17, 10) ? [Pick(Grounds, n, 18)] : [], Rate(n, 19, 10), Rate(n, 20, 5)),
            new(Offered: at, Accepted: at.AddHours(2), Released: at.AddHours(3), Fetched: at.AddHours(4)), at.AddDays(7), at.AddDays(28), due, due is null ? null : "destruction", null, place, place, place)
        {
            CaseStream = $"request-{n / 3}",
        };
    }

    public static DateTimeOffset At(long n, long total) => Begin.AddTicks((long)(Span.Ticks / (double)total * n) / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond);

    /// <summary>Appends records <paramref name="from"/> to <paramref name="to"/> inclusive, and for those up to <paramref name="told"/> what FHIR says of their last event. Indexes wait until all are there.</summary>
    public static async Task Load(BenchmarkDatabase database, long from, long to, long total, long told)
    {
        var indexes = new List<string>();
        await using (var command = database.Superuser.CreateCommand("select indexdef, indexname from pg_indexes where schemaname = 'read' and tablename in ('transfer_records', 'audit_trail') and indexdef not like '%UNIQUE%'"))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) indexes.Add(reader.GetString(0));
        foreach (var index in indexes) await database.Run($"drop index read.{index.Split(' ')[2]}");
        for (var n = from; n <= to; n += 20_000) await Page(database, n, Math.Min(to, n + 19_999), total, told);
        foreach (var index in indexes) await database.Run($"set maintenance_work_mem = '512MB'; {index}");
        await database.Run("vacuum analyze read.transfer_records");
        foreach (var table in (string[])["transfer_codes", "transfer_documents", "audit_trail"]) await database.Run($"vacuum analyze read.{table}");
        await database.Run($"insert into read.projection values ('{TransferRecords.RowName}', {to}) on conflict (name) do update set position = excluded.position");
        await database.Run($"insert into ledger.checkpoints values ({to}, decode(repeat('00', 32), 'hex'), 'synthetic', now())");
    }

    private static async Task Page(BenchmarkDatabase database, long from, long to, long total, long told)
    {
        await using var connection = await database.Superuser.OpenConnectionAsync();
        var records = new List<TransferRecord>((int)(to - from + 1));
        for (var n = from; n <= to; n++) records.Add(Of(n, total));
        await Copy(connection, "transfer_records (first_position, transfer, first_at, changed, record_position, direction, counterpart, instrument, authority_role, purpose, state, due, minors, special, emergency, overridden, divergent, onward, incident, pseudonym, case_stream, codes, fetched)", records, (row, r) =>
            [r.First.Position, r.Transfer, r.First.At.UtcDateTime, r.Last.Position, r.Record.Position, TransferRows.Direction(r.Direction), r.Counterpart, r.Instrument, r.AuthorityRole, r.Purpose, r.State, r.Due?.UtcDateTime, r.Marks.Minors,
                r.Marks.SpecialCategories, r.Marks.Emergency, r.Marks.Overridden, r.Marks.Divergent, r.Marks.Onward, r.Marks.Incident, r.Case, r.CaseStream, r.Codes.ToArray(), Array.Empty<string>()]);
        await Copy(connection, "transfer_documents (first_position, record)", records, (row, r) => [r.First.Position, new Json(TransferRows.Document(r))]);
        await Copy(connection, "transfer_codes (code, first_at, first_position)", records.SelectMany(r => r.Codes.Select(code => (Code: code, Record: r))), (row, c) => [c.Code, c.Record.First.At.UtcDateTime, c.Record.First.Position]);
        await Copy(connection, "audit_trail (position, event_id, recorded, idx, lifecycle, operation, kind, action, outcome, purpose, counterpart, official, subject, act, audit, provenance)", records.Where(r => r.First.Position <= told), (row, r) =>
        {
            var by = new Official(new($"official-{r.First.Position % 500}"), "signer", "xa-prosecutor");
            TransferEvent happened = r.Direction == TransferDirection.Incoming ? new HoldingEvent.Accepted("sha-256:act", "key", by, r.First.At) : new SupplyEvent.Offered(new("sha-256:act", "sha-256:c", "sha-256:t"), by, r.First.At);
            var told = AuditTrail.Of(Node, r, happened);
            var e = told.Event;
            return [r.First.Position, r.First.Event, r.First.At.UtcDateTime, r.First.Index, e.Type!.Code, e.Subtype![0].Code, r.First.Kind, e.Action.ToString(), (short)e.Outcome!, r.Purpose, r.Counterpart, by.Id.Value, r.Transfer, "sha-256:act",
                FhirJson.Write(e), told.Provenance is null ? null : FhirJson.Write(told.Provenance)];
        });
    }

    private static async Task Copy<T>(NpgsqlConnection connection, string into, IEnumerable<T> rows, Func<long, T, object?[]> values)
    {
        await using var import = await connection.BeginBinaryImportAsync($"copy read.{into} from stdin (format binary)");
        var n = 0L;
        foreach (var row in rows)
        {
            await import.StartRowAsync();
            foreach (var value in values(n++, row))
            {
                if (value is null) await import.WriteNullAsync();
                else if (value is Json json) await import.WriteAsync(json.Bytes, NpgsqlDbType.Json);
                else await import.WriteAsync(value);
            }
        }
        await import.CompleteAsync();
    }

    private static string Transfer(long n) => n.ToString("D22", CultureInfo.InvariantCulture);

    private static Guid Event(long n) => new((int)(n >> 32), (short)(n >> 16), (short)n, BitConverter.GetBytes(Mix(n, 99)));

    private static string Pick(string[] of, long n, int salt) => of[Mix(n, salt) % of.Length];

    private static bool Rate(long n, int salt, int perMille) => Mix(n, salt) % 1000 < perMille;

    // SplitMix64: as good as random, and the same for the same n.
    internal static long Mix(long n, int salt)
    {
        var z = unchecked((ulong)n * 0x9E3779B97F4A7C15UL) + ((ulong)salt * 0xD1B54A32D192ED03UL);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return (long)((z ^ (z >> 31)) & long.MaxValue);
    }

    private sealed record Json(byte[] Bytes);
}

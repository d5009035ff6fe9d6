using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Oversight;
using MlatExchange.Node.Oversight.Fhir;
using Npgsql;

namespace MlatExchange.Benchmarks.Oversight;

/// <summary>Pages, counts, exports and FHIR searches over synthetic records, at growing sizes in one run, each beside the bare SQL it needs.</summary>
internal static class OversightTimes
{
    private const int MostTold = 1_000_000;

    public static async Task Run(Options options)
    {
        var (largest, repeats, exported) = ((long)options.Number("--records", 1_000_000), options.Whole("--repeats", 100), (long)options.Number("--export", 1_000_000));
        await using var database = await BenchmarkDatabase.Create();
        var snapshots = new Snapshots(database.App, new LogBell(), TimeProvider.System);
        var before = new Dictionary<string, double>(StringComparer.Ordinal);
        var loaded = 0L;
        foreach (var size in new[] { 100_000L, 1_000_000L, 10_000_000L }.Where(size => size < largest).Append(largest))
        {
            var started = Stopwatch.GetTimestamp();
            // Time steps belong to a size: a table that grew by its end would have another spread of times.
            await database.Run("truncate read.transfer_records, read.transfer_documents, read.transfer_codes, read.audit_trail, ledger.checkpoints");
            await SyntheticTransfers.Load(database, 1, size, size, Math.Min(size, MostTold));
            loaded = size;
            Rounds.Say($"{size:N0} records loaded in {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s, {await database.Scalar<long>("select pg_database_size(current_database())") / 1_000_000:N0} MB");
            foreach (var (name, of) in NamedQueries.All) await Page(database, snapshots, name, of, size, repeats, before);
            await Searches(snapshots, size, repeats);
        }
        await Export(database, snapshots, Math.Min(exported, loaded));
    }

    private static async Task Page(BenchmarkDatabase database, Snapshots snapshots, string name, Func<long, long, TransferFilter> of, long size, int repeats, Dictionary<string, double> before)
    {
        var pages = new TransferPages(snapshots);
        await using var bare = await database.App.OpenConnectionAsync();
        var (ours, theirs, rows) = (new List<double>(), new List<double>(), 0L);
        for (var n = -5; n < repeats; n++)
        {
            var filter = of(n + 1000, size);
            var (a, count) = await Time(async () => (long)(await pages.Read(filter, CancellationToken.None))!.Rows.Count);
            var (b, _) = await Time(() => Bare(bare, filter, size));
            if (n < 0) continue;
            ours.Add(a);
            theirs.Add(b);
            rows += count;
        }
        var (p95, bareP95) = (At(ours, 0.95), At(theirs, 0.95));
        var growth = before.TryGetValue(name, out var smaller) ? $", {p95 / smaller:F1} times the size before" : "";
        before[name] = p95;
        var plan = await Plan(bare, of(1000, size), size);
        Rounds.Say($"  {name,-26} p50 {At(ours, 0.5),7:F2} ms, p95 {p95,7:F2} ms; bare SQL {At(theirs, 0.5),7:F2}, {bareP95,7:F2}; p95 {p95 / bareP95:F1} times{growth}; {rows / repeats} rows{plan}");
    }

    private static async Task<long> Bare(NpgsqlConnection connection, TransferFilter filter, long upTo)
    {
        await using var command = TransferStatements.Page(filter, DateTimeOffset.UtcNow, upTo);
        command.Connection = connection;
        await using var reader = await command.ExecuteReaderAsync();
        var bytes = 0L;
        while (await reader.ReadAsync()) bytes += reader.GetFieldValue<byte[]>(3).Length;
        return bytes;
    }

    private static async Task<string> Plan(NpgsqlConnection connection, TransferFilter filter, long upTo)
    {
        await using var command = TransferStatements.Page(filter, DateTimeOffset.UtcNow, upTo);
        command.Connection = connection;
        command.CommandText = "explain " + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync();
        var bad = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
            foreach (var word in (string[])["Seq Scan", "OFFSET", "Sort"]) if (reader.GetString(0).Contains(word, StringComparison.Ordinal) && !reader.GetString(0).Contains("Sort Key", StringComparison.Ordinal)) bad.Add(word);
        return bad.Count == 0 ? "" : $"; plan has {string.Join(", ", bad)}";
    }

    private static async Task Searches(Snapshots snapshots, long size, int repeats)
    {
        var pages = new FhirPages(snapshots, SyntheticTransfers.Node);
        (string Name, Func<int, Dictionary<string, StringValues>> Of)[] searches =
        [
            ("FHIR: agent since a day", n => new() { ["agent"] = "urn:mlat-exchange:id:jurisdiction|XC", ["date"] = $"ge{SyntheticTransfers.Begin.AddDays(n % 900):yyyy-MM-dd}" }),
            ("FHIR: an official's acts", n => new() { ["agent"] = $"urn:mlat-exchange:id:official|official-{n % 500}", ["_sort"] = "-date" }),
            ("FHIR: a transfer", n => new() { ["entity"] = (1 + (SyntheticTransfers.Mix(n, 80) % Math.Min(size, MostTold))).ToString("D22", System.Globalization.CultureInfo.InvariantCulture) }),
        ];
        foreach (var (name, of) in searches)
        {
            var times = new List<double>();
            for (var n = -5; n < repeats; n++)
            {
                var search = FhirSearch.Read(SyntheticTransfers.Node, "AuditEvent", of(n + 1000)).Search!;
                var (time, _) = await Time(async () => (long)(await pages.Read(search, CancellationToken.None))!.Resources.Count);
                if (n >= 0) times.Add(time);
            }
            Rounds.Say($"  {name,-26} p50 {At(times, 0.5),7:F2} ms, p95 {At(times, 0.95),7:F2} ms");
        }
    }

    private static async Task Export(BenchmarkDatabase database, Snapshots snapshots, long rows)
    {
        var filter = new TransferFilter { To = SyntheticTransfers.Begin.AddYears(9) };
        await Rounds.Compare($"export of {rows:N0} rows", "NDJSON", "COPY of the same rows", 0.2, 3, () => Ours(), () => Copy());

        async Task<double> Ours()
        {
            var started = Stopwatch.GetTimestamp();
            var snapshot = (await snapshots.Open(CancellationToken.None))! with { Position = rows };
            var http = new DefaultHttpContext { Response = { Body = Stream.Null } };
            var allocated = GC.GetTotalAllocatedBytes();
            await new TransferExport(snapshot, filter, TransferFormats.Lines, rows, new(Guid.Empty, Guid.Empty)).ExecuteAsync(http);
            Rounds.Say($"    {(GC.GetTotalAllocatedBytes() - allocated) / rows:N0} bytes allocated a row, heap {GC.GetTotalMemory(false) / 1_000_000:N0} MB, working set {Environment.WorkingSet / 1_000_000:N0} MB");
            return rows / Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        async Task<double> Copy()
        {
            await using var connection = await database.App.OpenConnectionAsync();
            var started = Stopwatch.GetTimestamp();
            await using var copy = await connection.BeginRawBinaryCopyAsync($"copy (select record from read.transfer_documents where first_position <= {rows} order by first_position) to stdout (format binary)");
            var buffer = new byte[64 * 1024];
            while (await copy.ReadAsync(buffer.AsMemory(), CancellationToken.None) > 0)
            {
            }
            return rows / Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
    }

    private static async Task<(double Milliseconds, long Result)> Time(Func<Task<long>> work)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await work();
        return (Stopwatch.GetElapsedTime(started).TotalMilliseconds, result);
    }

    private static double At(List<double> times, double quantile)
    {
        var sorted = times.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(sorted.Count * quantile) - 1)];
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Storage;

namespace MlatExchange.Benchmarks;

/// <summary>Appends of one event of about 1 KB by several writers, beside the same insert as one prepared statement by pgbench on the same tables.</summary>
internal static partial class AppendRate
{
    private static readonly string Body = $$"""{"code":"{{new string('x', 1000)}}"}""";
    private const string Headers = """{"leaf":{"op":"collection","clear":{"instrument":"EEV","purpose":"criminal-proceedings"}}}""";

    public static async Task Run(int rounds, double seconds)
    {
        await using var database = await BenchmarkDatabase.Create();
        foreach (var writers in (int[])[1, 8, 16])
        {
            await using var store = new PostgresEventStore(database.App, new LogBell { SequencerIsHere = true });
            await Rounds.Compare($"append, {writers} writers", "event store", "pgbench", writers == 1 ? 0 : 0.5, rounds, () => Own(store, writers, seconds), () => Pgbench(database, writers, seconds));
        }
    }

    private static async Task<double> Own(PostgresEventStore store, int writers, double seconds)
    {
        var (body, headers) = (Encoding.UTF8.GetBytes(Body), Encoding.UTF8.GetBytes(Headers));
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, writers).Select(async _ =>
        {
            var (stream, version) = ($"request-{Guid.CreateVersion7()}", 0);
            while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
            {
                var outcome = await store.Append(Append.To(stream, version++, new NewEvent(Guid.CreateVersion7(), "request.drafted.v1", body, headers)));
                if (outcome is not AppendOutcome.Appended)
                    throw new InvalidOperationException("An append was not written.");
            }
            return version;
        }));
        return counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<double> Pgbench(BenchmarkDatabase database, int writers, double seconds)
    {
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, $"""
            with s as (insert into es.mt_streams as s (id, version) values ('pgbench-' || :client_id, 1) on conflict (id) do update set version = s.version + 1, timestamp = now() returning id, version)
            insert into es.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, headers)
            select nextval('es.mt_events_sequence'), gen_random_uuid(), id, version, '{Body}', 'request.drafted.v1', clock_timestamp(), '', '{Headers}' from s;
            """.ReplaceLineEndings(" "));
        var start = new ProcessStartInfo("pgbench", $"-n -M prepared -c {writers} -j {Math.Min(writers, 2)} -T {Math.Ceiling(seconds)} -f {script} -h {database.Owner.Host} -p {database.Owner.Port} -U {database.Owner.Username} {database.Owner.Database}")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (database.Owner.Password is { } password)
            start.Environment["PGPASSWORD"] = password;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        File.Delete(script);
        return Tps().Match(await output) is { Success: true } match
            ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException("pgbench gave no rate: " + await error);
    }

    [GeneratedRegex(@"tps = ([0-9.]+) \(without")]
    private static partial Regex Tps();
}

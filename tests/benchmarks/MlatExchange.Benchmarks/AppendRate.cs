using System.Diagnostics;
using System.Text;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Storage;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Benchmarks;

/// <summary>Appends of one event of about 1 KB by several writers, beside the same insert as one prepared statement through plain Npgsql on the same tables.</summary>
internal static class AppendRate
{
    private const string Bare = """
        with s as (insert into es.mt_streams as s (id, version) values ($1, 1) on conflict (id) do update set version = s.version + 1, timestamp = now()
                   where s.version = $2 returning id, version)
        insert into es.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, headers)
        select nextval('es.mt_events_sequence'), $3, id, version, $4, 'request.drafted.v1', clock_timestamp(), '', $5 from s
        """;

    internal static readonly byte[] Body = Encoding.UTF8.GetBytes($$"""{"code":"{{new string('x', 1000)}}"}""");
    internal static readonly byte[] Headers = """{"leaf":{"op":"collection","clear":{"instrument":"EEV","purpose":"criminal-proceedings"}}}"""u8.ToArray();

    public static async Task Run(Options options)
    {
        int[] each = options.Number("--writers", 0) is > 0 and var asked ? [(int)asked] : [8, 16];
        foreach (var writers in each) await Run(options, writers, options.Number("--seconds", 8));
    }

    private static async Task Run(Options options, int writers, double seconds)
    {
        await using var database = await BenchmarkDatabase.Create();
        await using var store = new PostgresEventStore(database.App, new LogBell { SequencerIsHere = true });
        await Rounds.Compare(
            $"append, {writers} writers", "event store", "one prepared statement", 0.5, options.Whole("--rounds", 5),
            () => Own(store, writers, seconds), () => Plain(database.App, writers, seconds),
            async () =>
            {
                var half = options.Number("--warm-up", 10) / 2;
                await Plain(database.App, writers, half);
                await Own(store, writers, half);
            });
    }

    internal static Task<double> Own(IEventStore store, int writers, double seconds) => Rate(writers, seconds, async unfinished =>
    {
        var (stream, version) = ($"request-{Guid.CreateVersion7()}", 0);
        for (; unfinished(); version++)
        {
            var outcome = await store.Append(Append.To(stream, version, Event()));
            if (outcome is not AppendOutcome.Appended)
                throw new InvalidOperationException("An append was not written.");
        }
        return version;
    });

    internal static NewEvent Event() => new(Guid.CreateVersion7(), "request.drafted.v1", Body, Headers);

    private static Task<double> Plain(NpgsqlDataSource database, int writers, double seconds) => Rate(writers, seconds, async unfinished =>
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(Bare, connection)
        {
            Parameters =
            {
                new() { Value = $"request-{Guid.CreateVersion7()}", NpgsqlDbType = NpgsqlDbType.Text }, new() { Value = 0L, NpgsqlDbType = NpgsqlDbType.Bigint },
                new() { Value = Guid.Empty, NpgsqlDbType = NpgsqlDbType.Uuid },
                new() { Value = Body, NpgsqlDbType = NpgsqlDbType.Jsonb }, new() { Value = Headers, NpgsqlDbType = NpgsqlDbType.Jsonb },
            },
        };
        await command.PrepareAsync();
        var version = 0L;
        for (; unfinished(); version++)
        {
            (command.Parameters[1].Value, command.Parameters[2].Value) = (version, Guid.CreateVersion7());
            if (await command.ExecuteNonQueryAsync() != 1)
                throw new InvalidOperationException("An insert was not written.");
        }
        return version;
    });

    internal static async Task<double> Rate(int writers, double seconds, Func<Func<bool>, Task<long>> write)
    {
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(() => write(() => Stopwatch.GetElapsedTime(started).TotalSeconds < seconds))));
        return counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}

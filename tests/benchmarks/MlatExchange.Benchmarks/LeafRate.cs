using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using MlatExchange.Node.Ledger;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Transparency;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Benchmarks;

/// <summary>Leaves a second, durable and signed for, out of a full waiting table, beside bare inserts of 256 leaves a transaction into a table of the same shape.</summary>
internal static class LeafRate
{
    private const int Waiting = 60_000;

    public static async Task Run(int rounds)
    {
        await using var database = await BenchmarkDatabase.Create();
        await database.Run("create table public.bare (position bigint primary key, idx bigint, event_id uuid unique, seq_id bigint, leaf bytea, leaf_hash bytea)");
        var guard = Directory.CreateTempSubdirectory("mlat-bench-");
        var signer = new LogSigner("node.xa.example/log/2026", EcKey.Generate(RandomNumberGenerator.Fill));
        await Rounds.Compare("log leaves", "sequencer", "bare SQL of 256", 0.2, rounds, () => Sequenced(database, signer, guard.FullName), () => Bare(database));
        guard.Delete(recursive: true);
    }

    private static async Task<double> Sequenced(BenchmarkDatabase database, LogSigner signer, string guard)
    {
        var stream = $"request-{Guid.NewGuid()}";
        await database.Run($$$$"""
            insert into es.mt_streams (id, version) values ('{{{{stream}}}}', {{{{Waiting}}}});
            insert into es.mt_events (seq_id, id, stream_id, version, data, type, timestamp, headers)
            select nextval('es.mt_events_sequence'), gen_random_uuid(), '{{{{stream}}}}', n, jsonb_build_object('code', n, 'by', 'official', 'items', jsonb_build_array('a', 'b')), 'request.drafted.v1', now(),
                   '{"leaf":{"op":"collection","clear":{"instrument":"EEV","articles":["EEV 4"],"dataCategories":["traffic"],"purpose":"criminal-proceedings"},"commit":{"case":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}}}'
            from generate_series(1, {{{{Waiting}}}}) n;
            """);
        await database.Run("checkpoint");
        var before = await database.Scalar<long>("select coalesce(max(size), 0) from ledger.checkpoints");
        var bell = new LogBell();
        using var sequencer = new Sequencer(database.Sequencer, bell, signer, new LedgerSettings("XA", guard), RandomNumberGenerator.Fill, TimeProvider.System, NullLogger<Sequencer>.Instance);
        var started = Stopwatch.GetTimestamp();
        await sequencer.StartAsync(CancellationToken.None);
        while (sequencer.State is not SequencerState.Leading { Size: var size } || size < before + Waiting)
            await LogBell.Wait(bell.NextPublished, TimeSpan.FromMilliseconds(20), CancellationToken.None);
        var elapsed = Stopwatch.GetElapsedTime(started);
        await sequencer.StopAsync(CancellationToken.None);
        return Waiting / elapsed.TotalSeconds;
    }

    private static async Task<double> Bare(BenchmarkDatabase database)
    {
        await database.Run("truncate public.bare; checkpoint");
        await using var connection = await database.Superuser.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("insert into public.bare select $1 + n, $1 + n - 1, e, $1 + n, l, h from unnest($2, $3, $4) with ordinality as u(e, l, h, n)", connection);
        var leaf = RandomNumberGenerator.GetBytes(450);
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = Enumerable.Repeat(leaf, 256).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        command.Parameters.Add(new() { Value = Enumerable.Repeat(leaf[..32], 256).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        command.Parameters[0].Value = 0L;
        command.Parameters[1].Value = new[] { Guid.NewGuid() };
        await command.PrepareAsync();
        var started = Stopwatch.GetTimestamp();
        var written = 0L;
        for (; written < Waiting; written += 256)
        {
            command.Parameters[0].Value = written;
            command.Parameters[1].Value = Enumerable.Range(0, 256).Select(_ => Guid.CreateVersion7()).ToArray();
            await command.ExecuteNonQueryAsync();
        }
        return written / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}

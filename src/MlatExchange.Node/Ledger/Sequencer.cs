using System.Diagnostics;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol;
using MlatExchange.Protocol.Transparency;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Ledger;

/// <summary>
/// Moves committed events into the log: gives each the next position and leaf index, stores the leaf bytes and extends the tree in one transaction, then notes the
/// head in the guard, signs it and publishes it. One process of the node leads, by an advisory lock on the connection it writes through, so that a leader that
/// lost the lock cannot write. Any other process takes over.
/// </summary>
public sealed class Sequencer(SequencerDatabase database, LogBell bell, LogSigner signer, LedgerSettings settings, RandomSource random, TimeProvider clock, ILogger<Sequencer> log) : BackgroundService
{
    private const long LockKey = 0x6d6c61745f736571; // "mlat_seq"
    private const int PartSize = 128; // leaves that one core builds at a time
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    /// <summary>What it is doing, for readiness.</summary>
    public SequencerState State { get; private set; } = new SequencerState.Starting();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Lead(stoppingToken);
            }
            catch (Exception stopped) when (stopped is LogStoppedException or InvalidDataException) // the second: a guard or tile that cannot be read
            {
                State = new SequencerState.Stopped(stopped.Message);
                log.LogStopped(stopped.Message);
                return;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                State = new SequencerState.Starting();
                log.SequencerFailed(LedgerLog.Fault(failure));
                await Task.Delay(Retry, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            finally
            {
                bell.SequencerIsHere = false;
                bell.Tail.End();
            }
        }
    }

    private async Task Lead(CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        try
        {
            while (!await TryLock(connection, cancellationToken))
            {
                State = new SequencerState.Standby();
                await Task.Delay(Retry, clock, cancellationToken);
            }
            using var guard = new LogGuard(settings.GuardPath, signer.Key.Origin);
            var tree = await LogTree.Load(connection, guard.Latest, cancellationToken);
            if (tree.Size > 0)
                await Publish(connection, guard, tree, null, cancellationToken); // a crash may have come between commit and signature
            bell.Tail.Begin(tree.Size, tree.Edge);
            bell.SequencerIsHere = true;
            State = new SequencerState.Leading(tree.Size);
            while (true)
            {
                var next = bell.NextAppended;
                var started = Stopwatch.GetTimestamp();
                if (await Integrate(connection, tree, cancellationToken) is not { } batch)
                {
                    await LogBell.Wait(next, settings.Poll, cancellationToken);
                    cancellationToken.ThrowIfCancellationRequested();
                    continue;
                }
                await Publish(connection, guard, tree, batch, cancellationToken);
                State = new SequencerState.Leading(tree.Size);
                if (Pace.After(batch.Events.Count) - Stopwatch.GetElapsedTime(started) is var rest && rest > TimeSpan.Zero)
                    await Task.Delay(rest, cancellationToken);
            }
        }
        finally
        {
            await Unlock(connection);
        }
    }

    /// <summary>One batch: read, build, commit. The events' rows do not change and only the leader empties the table, so reading and writing need not be one transaction.</summary>
    private async Task<Batch?> Integrate(NpgsqlConnection connection, LogTree tree, CancellationToken cancellationToken)
    {
        var events = await PendingEvents.Next(connection, settings.BatchSize, cancellationToken);
        if (events.Count == 0)
            return null;
        var (leaves, hashes) = Build(events);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new("""
            with gone as (delete from ledger.pending where seq_id = any($3))
            insert into ledger.entries (position, idx, event_id, seq_id, leaf, leaf_hash)
            select $1 + u.n, $1 + u.n - 1, u.event_id, u.seq_id, u.leaf, u.hash from unnest($2, $3, $4, $5) with ordinality as u(event_id, seq_id, leaf, hash, n)
            """)
        {
            Parameters =
            {
                new() { Value = tree.Size },
                new() { Value = events.ConvertAll(e => e.Id).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                new() { Value = events.ConvertAll(e => e.Sequence).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
                new() { Value = leaves, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
                new() { Value = Array.ConvertAll(hashes, h => h.Bytes.ToArray()), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
            },
        });
        var extension = tree.Extend(hashes, batch);
        await batch.PrepareAsync(cancellationToken);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        tree.Commit(extension);
        return new(events, leaves, extension);
    }

    private (byte[][] Leaves, TreeHash[] Hashes) Build(List<StoredEvent> events)
    {
        var nonces = new byte[events.Count * LeafBytes.NonceLength];
        random(nonces);
        var (leaves, hashes) = (new byte[events.Count][], new TreeHash[events.Count]);
        void Part(int from, int to)
        {
            var bytes = new LeafBytes(settings.Jurisdiction);
            for (var i = from; i < to; i++)
            {
                leaves[i] = bytes.Of(events[i], nonces.AsSpan(i * LeafBytes.NonceLength, LeafBytes.NonceLength));
                hashes[i] = Rfc6962.Leaf(leaves[i]);
            }
        }
        if (events.Count <= PartSize)
            Part(0, events.Count);
        else
            Parallel.For(0, (events.Count + PartSize - 1) / PartSize, part => Part(part * PartSize, Math.Min((part + 1) * PartSize, events.Count)));
        return (leaves, hashes);
    }

    /// <summary>Guard, signature, publication, in this order. The row may be lost in a crash of the server (it does not wait for the disk): the guard is not, and the head is signed again.</summary>
    private async Task Publish(NpgsqlConnection connection, LogGuard guard, LogTree tree, Batch? newest, CancellationToken cancellationToken)
    {
        var head = new Checkpoint(signer.Key.Origin, tree.Size, tree.Root);
        try
        {
            guard.Note(head.Size, head.Root);
        }
        catch (InvalidOperationException refusal)
        {
            throw new LogStoppedException(refusal.Message);
        }
        var note = head.Sign(signer).ToString();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("select set_config('synchronous_commit', 'off', true)"),
                new("insert into ledger.checkpoints (size, root, note, signed_at) values ($1, $2, $3, $4) on conflict (size) do nothing")
                {
                    Parameters =
                    {
                        new() { Value = head.Size },
                        new() { Value = head.Root.Bytes.ToArray() },
                        new() { Value = note },
                        new() { Value = clock.GetUtcNow(), NpgsqlDbType = NpgsqlDbType.TimestampTz },
                    },
                },
                new($"notify {LogChannels.Published}"),
            },
        };
        await batch.PrepareAsync(cancellationToken);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        if (newest is not null)
            bell.Tail.Add(newest.Leaves(head, note), newest.Extension);
        bell.RingPublished();
    }

    private static async Task<bool> TryLock(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select pg_try_advisory_lock({LockKey})", connection);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    // The connection goes back to the pool, which does not reset it.
    private static async Task Unlock(NpgsqlConnection connection)
    {
        if (connection.FullState != System.Data.ConnectionState.Open)
            return;
        await using var command = new NpgsqlCommand("select pg_advisory_unlock_all()", connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What one commit added to the log.</summary>
    private sealed record Batch(List<StoredEvent> Events, byte[][] LeafBytes, TreeExtension Extension)
    {
        public List<TailLeaf> Leaves(Checkpoint head, string note) =>
            [.. Events.Select((e, i) => new TailLeaf(new(head.Size - Events.Count + i + 1, head.Size - Events.Count + i, e), LeafBytes[i], head, note))];
    }
}

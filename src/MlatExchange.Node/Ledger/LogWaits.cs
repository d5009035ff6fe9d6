using System.Collections.Concurrent;
using MlatExchange.Node.Storage;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Ledger;

/// <summary>Waits for events to be published. However many wait, they share the queries.</summary>
public sealed class LogWaits(NpgsqlDataSource database, LogReader reader, LogBell bell)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private readonly ConcurrentDictionary<Waiting, bool> waiting = new();
    private TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int looking;

    /// <summary>Completes with the leaf index once a signed checkpoint covers the event.</summary>
    public async Task<long> Published(Guid eventId, CancellationToken cancellationToken = default)
    {
        var own = new Waiting(eventId);
        waiting[own] = true;
        // It may have been published before it was waited for: look at once, without waiting for a ring.
        Interlocked.Exchange(ref arrived, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        if (Interlocked.CompareExchange(ref looking, 1, 0) == 0)
            _ = Task.Run(Look, CancellationToken.None);
        try
        {
            return await own.Done.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            waiting.TryRemove(own, out _);
        }
    }

    /// <summary>Completes once the log has this position.</summary>
    public async Task Position(long position, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var next = bell.NextPublished;
            if (await reader.Position(cancellationToken) >= position)
                return;
            await LogBell.Wait(next, Poll, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task Look()
    {
        while (true)
        {
            var next = Task.WhenAny(bell.NextPublished, Volatile.Read(ref arrived).Task);
            var waiters = waiting.Keys.Where(w => !w.Done.Task.IsCompleted).ToArray();
            if (waiters.Length > 0)
            {
                await Answer(waiters);
                await LogBell.Wait(next, Poll, CancellationToken.None);
                continue;
            }
            Volatile.Write(ref looking, 0);
            if (waiting.Keys.All(w => w.Done.Task.IsCompleted) || Interlocked.CompareExchange(ref looking, 1, 0) != 0)
                return;
        }
    }

    private async Task Answer(Waiting[] waiters)
    {
        try
        {
            await using var command = await PreparedCommand.Open(database, "select event_id, idx from ledger.entries where event_id = any($1) and idx < (select coalesce(max(size), 0) from ledger.checkpoints)",
                CancellationToken.None, new NpgsqlParameter { Value = waiters.Select(w => w.EventId).Distinct().ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
            await using var rows = await command.Read(CancellationToken.None);
            var indexes = new Dictionary<Guid, long>(waiters.Length);
            while (await rows.ReadAsync())
                indexes[rows.GetGuid(0)] = rows.GetInt64(1);
            foreach (var waiter in waiters)
            {
                if (indexes.TryGetValue(waiter.EventId, out var index))
                    waiter.Done.TrySetResult(index);
            }
        }
        catch (NpgsqlException)
        {
            // The database is away: they wait on, until it is back or they give up.
        }
    }

    private sealed class Waiting(Guid eventId)
    {
        public Guid EventId => eventId;

        public TaskCompletionSource<long> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

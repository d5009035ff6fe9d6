using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using MlatExchange.Node.Ledger;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Storage;

/// <summary>
/// The default driver: own SQL on Marten's tables. Calls that arrive while a commit is under way wait for it, and go into the next one together: groups that do
/// not touch are written by one function call, which writes all or none; when it finds one that loses, each group gets a call of its own in one transaction.
/// A group whose SQL fails (not one that loses) is repeated alone, so that it fails alone. Alone, a call is written at once; in a stream of them commits keep a
/// <see cref="Pace"/>, unless as many wait as have lately waited together: then nobody else is to be expected.
/// </summary>
/// <param name="database">Pool of the everyday role.</param>
/// <param name="bell">Rung after each commit.</param>
public sealed class PostgresEventStore(NpgsqlDataSource database, LogBell bell) : IEventStore, IAsyncDisposable
{
    private const int Attempts = 6, GroupsPerCommit = 64;
    private readonly ConcurrentQueue<Waiting> queue = new();
    private readonly SemaphoreSlim lane = new(1, 1);
    private long begun;
    private double together; // how many have lately waited together: the most, fading
    private TimeSpan pace;
    private volatile Gathering? gathered;
    private volatile bool closed;

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredEvent>> Load(string stream, CancellationToken cancellationToken = default) =>
        Query($"select {EventRow.Columns} from es.mt_events e where e.stream_id = $1 order by e.version", new() { Value = stream, NpgsqlDbType = NpgsqlDbType.Varchar }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredEvent>> Read(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default) =>
        Query($"select {EventRow.Columns} from es.mt_events e where e.id = any($1) order by e.seq_id", new() { Value = ids as Guid[] ?? [.. ids], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid }, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>A cancelled or failed call may have been written all the same: repeat it with the same ids and be told so.</remarks>
    public async Task<AppendOutcome> Append(Append append, CancellationToken cancellationToken = default)
    {
        AppendCommand.Check(append);
        ObjectDisposedException.ThrowIf(closed, this);
        var waiting = new Waiting(append, new(TaskCreationOptions.RunContinuationsAsynchronously), cancellationToken);
        queue.Enqueue(waiting);
        if (lane.Wait(0, CancellationToken.None))
            _ = Lane(); // from this thread up to the sending: a lone append waits for no other thread
        else if (gathered is { } gathering && queue.Count >= gathering.Wanted)
            gathering.Done.TrySetResult();
        return await waiting.Done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Finishes what was accepted, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        closed = true;
        await lane.WaitAsync();
        lane.Dispose();
        while (queue.TryDequeue(out var late)) // enqueued after the lane's last look
            late.Done.TrySetException(new ObjectDisposedException(nameof(PostgresEventStore)));
    }

    // Commits what waits until nothing does. Whoever enqueues after the last look finds the lane free, or is found by the look after it was freed.
    private async Task Lane()
    {
        var groups = new List<Waiting>(GroupsPerCommit);
        do
        {
            while (!queue.IsEmpty)
            {
                await Gather();
                begun = Stopwatch.GetTimestamp();
                if (!Take(groups))
                    continue;
                together = Math.Max(groups.Count, together * 0.9);
                pace = Pace.After(groups.Count);
                await Commit(groups);
            }
            lane.Release();
        }
        while (!queue.IsEmpty && lane.Wait(0));
    }

    // Until as many wait as lately waited together, or the pace allows the next commit.
    private async Task Gather()
    {
        var (wanted, rest) = (Math.Min((int)together, GroupsPerCommit), pace - Stopwatch.GetElapsedTime(begun));
        if (queue.Count >= wanted || rest <= TimeSpan.Zero)
            return;
        var gathering = new Gathering(wanted, new(TaskCreationOptions.RunContinuationsAsynchronously));
        gathered = gathering;
        if (queue.Count < wanted) // otherwise the last of them may have come before it could see that it is waited for
            await gathering.Done.Task.WaitAsync(rest).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        gathered = null;
    }

    private bool Take(List<Waiting> groups)
    {
        groups.Clear();
        while (groups.Count < GroupsPerCommit && queue.TryDequeue(out var next))
        {
            if (!next.Cancelled.IsCancellationRequested)
                groups.Add(next);
        }
        return groups.Count > 0;
    }

    private async Task Commit(List<Waiting> groups)
    {
        var appends = groups.ConvertAll(g => g.Append);
        var together = groups.Count == 1 || AppendCommand.CanMerge(appends);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var outcomes = (together ? await SendTogether(appends) : null) ?? await SendApart(appends);
                for (var i = 0; i < groups.Count; i++)
                    if (outcomes[i] is AppendOutcome.Appended)
                        bell.Tail.Sealed.Keep(appends[i].Vault);
                bell.RingAppended();
                for (var i = 0; i < groups.Count; i++)
                    groups[i].Done.TrySetResult(outcomes[i]);
                return;
            }
            catch (PostgresException e) when (attempt < Attempts && Passes(e))
            {
                together = groups.Count == 1;
                await Task.Delay(Random.Shared.Next(1, 4 << attempt));
            }
            catch (Exception e) when (groups.Count > 1 && (e is PostgresException || e is not NpgsqlException))
            {
                // One of them cannot be written, and nothing was. A broken wire is another matter: there the commit may have happened, and only the callers can ask.
                foreach (var group in groups)
                    await Commit([group]);
                return;
            }
            catch (Exception e)
            {
                foreach (var group in groups)
                    group.Done.TrySetException(e);
                return;
            }
        }
    }

    // A unique violation means that another transaction wrote the same at this moment; the repeat finds it and answers with a value.
    private static bool Passes(PostgresException e) =>
        e.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation;

    /// <summary>All groups in one call; null when one of several loses, and then nothing was written.</summary>
    private async Task<AppendOutcome[]?> SendTogether(List<Append> groups)
    {
        var answer = (await Send([AppendCommand.Of(CollectionsMarshal.AsSpan(groups))]))[0];
        return answer[0] == 0 ? AppendCommand.Written(groups, answer) : groups.Count == 1 ? [AppendCommand.Outcome(groups[0], answer)] : null;
    }

    /// <summary>A call for each group, one after the other in one transaction.</summary>
    private async Task<AppendOutcome[]> SendApart(List<Append> groups)
    {
        // They lock their streams one group after the other, which another commit may do the other way round; locking all of them first, in one order, does not.
        var streams = groups.SelectMany(g => g.Streams).Select(s => s.Stream).ToArray();
        var all = new NpgsqlBatchCommand("select array_agg(s.version) from (select s.version from es.mt_streams s where s.id = any($1) order by s.id for update) s")
        {
            Parameters = { new() { Value = streams, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar } },
        };
        var answers = await Send([all, .. groups.Select(g => AppendCommand.Of(g))]);
        return [.. groups.Select((g, i) => AppendCommand.Outcome(g, answers[i + 1]))];
    }

    private async Task<List<long[]>> Send(IReadOnlyList<NpgsqlBatchCommand> calls)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection); // without BEGIN: a batch is one transaction and one round trip
        foreach (var call in calls)
            batch.BatchCommands.Add(call);
        if (!bell.SequencerIsHere)
            batch.BatchCommands.Add(new($"notify {LogChannels.Appended}"));
        await batch.PrepareAsync(); // costs a round trip only where the connection has not seen the statement
        var answers = new List<long[]>(calls.Count);
        await using var reader = await batch.ExecuteReaderAsync();
        do
        {
            while (answers.Count < calls.Count && await reader.ReadAsync())
                answers.Add(reader.IsDBNull(0) ? [] : reader.GetFieldValue<long[]>(0));
        }
        while (await reader.NextResultAsync()); // to the commit: nothing is told before it is durable
        return answers;
    }

    private async Task<IReadOnlyList<StoredEvent>> Query(string sql, NpgsqlParameter parameter, CancellationToken cancellationToken)
    {
        await using var command = await PreparedCommand.Open(database, sql, cancellationToken, parameter);
        await using var reader = await command.Read(cancellationToken);
        var events = new List<StoredEvent>();
        while (await reader.ReadAsync(cancellationToken))
            events.Add(EventRow.Read(reader));
        return events;
    }

    private sealed record Gathering(int Wanted, TaskCompletionSource Done);

    private sealed record Waiting(Append Append, TaskCompletionSource<AppendOutcome> Done, CancellationToken Cancelled);
}

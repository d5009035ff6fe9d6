using System.Threading.Channels;
using MlatExchange.Node.Ledger;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Storage;

/// <summary>
/// The default driver: own SQL on Marten's tables. Each group is one function call; calls that arrive while a commit is under way wait for the next lane that is
/// free and share its transaction and round trip. A group whose SQL fails (not one that loses) is repeated alone, so that it fails alone.
/// </summary>
public sealed class PostgresEventStore : IEventStore, IAsyncDisposable
{
    private const int Attempts = 6, GroupsPerCommit = 64;
    private readonly NpgsqlDataSource database;
    private readonly LogBell bell;
    private readonly Channel<Waiting> queue = Channel.CreateUnbounded<Waiting>();
    private readonly Task[] lanes;

    /// <param name="database">Pool of the everyday role.</param>
    /// <param name="bell">Rung after each commit.</param>
    /// <param name="lanes">Commits under way at once; with one, the second commit would wait for the disk of the first.</param>
    public PostgresEventStore(NpgsqlDataSource database, LogBell bell, int lanes = 2)
    {
        (this.database, this.bell) = (database, bell);
        this.lanes = [.. Enumerable.Range(0, lanes).Select(_ => Task.Run(Lane))];
    }

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
        var waiting = new Waiting(append, new(TaskCreationOptions.RunContinuationsAsynchronously), cancellationToken);
        await queue.Writer.WriteAsync(waiting, cancellationToken);
        return await waiting.Done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Finishes what was accepted, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await Task.WhenAll(lanes);
    }

    private async Task Lane()
    {
        var groups = new List<Waiting>(GroupsPerCommit);
        while (await queue.Reader.WaitToReadAsync())
        {
            while (groups.Count < GroupsPerCommit && queue.Reader.TryRead(out var next))
            {
                if (!next.Cancelled.IsCancellationRequested)
                    groups.Add(next);
            }
            if (groups.Count > 0)
                await Commit(groups);
            groups.Clear();
        }
    }

    private async Task Commit(List<Waiting> groups)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var outcomes = await Send(groups);
                bell.RingAppended();
                for (var i = 0; i < groups.Count; i++)
                    groups[i].Done.TrySetResult(outcomes[i]);
                return;
            }
            catch (PostgresException e) when (attempt < Attempts && Passes(e))
            {
                await Task.Delay(Random.Shared.Next(1, 4 << attempt));
            }
            catch (PostgresException) when (groups.Count > 1)
            {
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

    private async Task<AppendOutcome[]> Send(List<Waiting> groups)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection); // without BEGIN: a batch is one transaction and one round trip
        if (groups.Count > 1)
            batch.BatchCommands.Add(LockStreams(groups));
        foreach (var group in groups)
            batch.BatchCommands.Add(AppendCommand.Of(group.Append));
        if (!bell.SequencerIsHere)
            batch.BatchCommands.Add(new($"notify {LogChannels.Appended}"));
        var outcomes = new AppendOutcome[groups.Count];
        await using var reader = await batch.ExecuteReaderAsync();
        if (groups.Count > 1)
            await reader.NextResultAsync();
        for (var i = 0; i < outcomes.Length; i++)
        {
            await reader.ReadAsync();
            outcomes[i] = AppendCommand.Outcome(groups[i].Append, reader.GetFieldValue<long[]>(0));
            await reader.NextResultAsync();
        }
        await reader.CloseAsync(); // reads to the commit: nothing is told before it is durable
        return outcomes;
    }

    // The groups of a commit lock their streams one group after the other, which another commit may do the other way round; locking all of them first, in one order, does not.
    private static NpgsqlBatchCommand LockStreams(List<Waiting> groups) => new("select 1 from es.mt_streams s where s.id = any($1) order by s.id for update")
    {
        Parameters = { new() { Value = groups.SelectMany(g => g.Append.Streams).Select(s => s.Stream).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar } },
    };

    private async Task<IReadOnlyList<StoredEvent>> Query(string sql, NpgsqlParameter parameter, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(parameter);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var events = new List<StoredEvent>();
        while (await reader.ReadAsync(cancellationToken))
            events.Add(EventRow.Read(reader));
        return events;
    }

    private sealed record Waiting(Append Append, TaskCompletionSource<AppendOutcome> Done, CancellationToken Cancelled);
}

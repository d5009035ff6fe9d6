using MlatExchange.Node.Storage;
using Npgsql;

namespace MlatExchange.Node.Ledger;

/// <summary>
/// A table of schema <c>read</c> that follows the log. Rows and the place reached are written in one transaction, so every entry counts exactly once, whichever
/// process of the node runs it and however often it starts again. A page that fails stops the projection and raises an alarm; it never skips.
/// </summary>
/// <param name="name">Name of its row in <c>read.projection</c>; changing it starts from the beginning.</param>
/// <param name="database">Pool of the everyday role.</param>
/// <param name="bell">Wakes it.</param>
/// <param name="log">Gets the alarm: name, position, type and fault, never content.</param>
public abstract class Projection(string name, NpgsqlDataSource database, LogBell bell, ILogger log) : BackgroundService
{
    private const int PageSize = 500;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>Name of its row in <c>read.projection</c>.</summary>
    public string Name => name;

    /// <summary>Why it stopped, one sentence without content; null while it runs.</summary>
    public string? Fault { get; private set; }

    /// <summary>Writes what these entries mean, in the transaction that is open on the connection. Batches keep it one round trip.</summary>
    protected abstract Task Apply(IReadOnlyList<LogEntry> page, NpgsqlConnection connection, CancellationToken cancellationToken);

    /// <summary>Removes all rows of the projection, in the transaction that is open on the connection.</summary>
    protected abstract Task Clear(NpgsqlConnection connection, CancellationToken cancellationToken);

    /// <summary>Starts from the beginning: clears the rows and the place reached in one transaction; the running loop, or the next start, does the rest.</summary>
    public async Task Rebuild(CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Place(connection, "select position from read.projection where name = $1 for update", cancellationToken);
        await Clear(connection, cancellationToken);
        await Move(connection, 0, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        bell.RingPublished();
    }

    /// <summary>Applies pages until the end of the log. For tests and for a rebuild by the operator; the background loop calls it at every ring.</summary>
    public async Task CatchUp(CancellationToken cancellationToken = default)
    {
        // Asked before a lock is taken: at rest a projection writes nothing.
        if (!await IsBehind(cancellationToken))
            return;
        while (await Step(cancellationToken) == PageSize)
        {
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = bell.NextPublished;
            try
            {
                await CatchUp(stoppingToken);
                await LogBell.Wait(next, Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException away) when (away.IsTransient)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception failure)
            {
                var fault = LedgerLog.Fault(failure);
                Fault = $"Projection {name} stopped ({fault}).";
                log.ProjectionStopped(name, fault);
                return;
            }
        }
    }

    private async Task<int> Step(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Another process that is applying a page holds the row: leave it to that one.
        if (await Place(connection, "select position from read.projection where name = $1 for update skip locked", cancellationToken) is not { } position)
            return 0;
        var page = await LogReader.Read(connection, position, PageSize, cancellationToken);
        if (page.Count == 0)
            return 0;
        await Apply(page, connection, cancellationToken);
        await Move(connection, page[^1].Position, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return page.Count;
    }

    private async Task<bool> IsBehind(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var ask = await PreparedCommand.On(connection, "select (select coalesce(max(position), 0) from ledger.entries) - (select position from read.projection where name = $1)",
            cancellationToken, new NpgsqlParameter<string> { TypedValue = name });
        if (await ask.ExecuteScalarAsync(cancellationToken) is long behind)
            return behind > 0;
        await using var begin = new NpgsqlCommand("insert into read.projection (name, position) values ($1, 0) on conflict do nothing", connection) { Parameters = { new() { Value = name } } };
        await begin.ExecuteNonQueryAsync(cancellationToken);
        return true;
    }

    private async Task<long?> Place(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = await PreparedCommand.On(connection, sql, cancellationToken, new NpgsqlParameter<string> { TypedValue = name });
        return (long?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private async Task Move(NpgsqlConnection connection, long position, CancellationToken cancellationToken)
    {
        await using var command = await PreparedCommand.On(connection, "insert into read.projection (name, position) values ($1, $2) on conflict (name) do update set position = excluded.position",
            cancellationToken, new NpgsqlParameter<string> { TypedValue = name }, new NpgsqlParameter<long> { TypedValue = position });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

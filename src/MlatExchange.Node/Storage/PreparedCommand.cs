using Npgsql;

namespace MlatExchange.Node.Storage;

/// <summary>A statement prepared on a connection of the pool, which keeps it prepared for the next use; both go back together.</summary>
internal sealed class PreparedCommand : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;

    private PreparedCommand(NpgsqlConnection connection, NpgsqlCommand command) => (this.connection, Command) = (connection, command);

    public NpgsqlCommand Command { get; }

    /// <summary>Costs no round trip but the first time on each connection.</summary>
    public static async Task<PreparedCommand> Open(NpgsqlDataSource database, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            return new(connection, await On(connection, sql, cancellationToken, parameters));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same on a connection in hand.</summary>
    public static async Task<NpgsqlCommand> On(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await command.PrepareAsync(cancellationToken);
        return command;
    }

    public Task<NpgsqlDataReader> Read(CancellationToken cancellationToken) => Command.ExecuteReaderAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Command.DisposeAsync();
        await connection.DisposeAsync();
    }
}

using Npgsql;

namespace MlatExchange.Scenarios;

/// <summary>
/// Keeps a node from storing what it has taken from the broker, by a lock on the table it stores in: the moment between taking and acknowledging, made as long
/// as a test needs.
/// </summary>
public sealed class HeldInbox : IAsyncDisposable
{
    private readonly Jurisdiction at;
    private readonly NpgsqlConnection connection;

    private HeldInbox(Jurisdiction at, NpgsqlConnection connection) => (this.at, this.connection) = (at, connection);

    public static async Task<HeldInbox> Of(Jurisdiction at)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(at.Superuser) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await Run(connection, "begin; lock table exchange.inbox_raw in share row exclusive mode");
        return new(at, connection);
    }

    /// <summary>Until the node has a delivery in hand that it cannot store.</summary>
    public Task InHand() => Eventually.True(async () => await at.Count("select count(*) from pg_locks where relation = 'exchange.inbox_raw'::regclass and not granted") > 0, "the node takes a delivery");

    /// <summary>Ends the statements that wait, as the server does in the end for a client that died.</summary>
    public async Task Cut() => await at.Count("select count(pg_terminate_backend(pid)) from pg_locks where relation = 'exchange.inbox_raw'::regclass and not granted");

    /// <summary>What waited goes through.</summary>
    public async ValueTask DisposeAsync() => await connection.DisposeAsync();

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

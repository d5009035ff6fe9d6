using Npgsql;

namespace MlatExchange.Scenarios;

/// <summary>
/// Keeps a node from making durable what it has taken from the broker, be it as an accepted message or as raw bytes: the moment between taking and
/// acknowledging, made as long as a test needs. Triggers of the test's own wait for a lock that the test holds, so the node's statement has begun and has not ended.
/// </summary>
public sealed class HeldInbox : IAsyncDisposable
{
    private const string Waits = "from pg_locks where locktype = 'advisory' and objid = 4711 and database = (select oid from pg_database where datname = current_database()) and not granted";
    private readonly Jurisdiction at;
    private readonly NpgsqlConnection connection;

    private HeldInbox(Jurisdiction at, NpgsqlConnection connection) => (this.at, this.connection) = (at, connection);

    public static async Task<HeldInbox> Of(Jurisdiction at)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(at.Superuser) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await Run(connection, """
            select pg_advisory_lock(4711);
            create function exchange.held() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock_shared(4711); return new; end';
            create trigger held before insert on exchange.inbox_raw for each row execute function exchange.held();
            create trigger held before insert on es.mt_events for each row when (new.type = 'thread.message-accepted.v1') execute function exchange.held()
            """);
        return new(at, connection);
    }

    /// <summary>Until the node has a delivery in hand that it cannot make durable.</summary>
    public Task InHand() => Eventually.True(async () => await at.Count("select count(*) " + Waits) > 0, "the node takes a delivery");

    /// <summary>Ends the statements that wait, as the server does in the end for a client that died.</summary>
    public async Task Cut() => await at.Count("select count(pg_terminate_backend(pid)) " + Waits);

    /// <summary>What waited goes through, and has when this returns.</summary>
    public async ValueTask DisposeAsync()
    {
        await Run(connection, "select pg_advisory_unlock(4711)");
        await Run(connection, "drop trigger held on exchange.inbox_raw; drop trigger held on es.mt_events; drop function exchange.held()");
        await connection.DisposeAsync();
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

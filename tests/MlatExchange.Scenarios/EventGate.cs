using System.Globalization;
using Npgsql;

namespace MlatExchange.Scenarios;

/// <summary>
/// Holds back the appends of one node that would write certain events, each kind behind a lock of its own, so that the node can be killed exactly there: before the event is
/// written, or with the event written and nothing after it done.
/// </summary>
public sealed class EventGate : IAsyncDisposable
{
    private const int FirstLock = 4720;
    private const string Waiting = "pg_locks where locktype = 'advisory' and classid = 0 and objid between 4720 and 4799 and database = (select oid from pg_database where datname = current_database()) and not granted";

    private readonly Jurisdiction at;
    private readonly NpgsqlConnection connection;
    private readonly string[] kinds;

    private EventGate(Jurisdiction at, NpgsqlConnection connection, string[] kinds) => (this.at, this.connection, this.kinds) = (at, connection, kinds);

    /// <param name="kinds">Pinned names of events.</param>
    public static async Task<EventGate> Of(Jurisdiction at, params string[] kinds)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(at.Superuser) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        var gate = new EventGate(at, connection, kinds);
        await gate.Run("create function exchange.gate() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock_shared(tg_argv[0]::bigint); return new; end'");
        for (var n = 0; n < kinds.Length; n++)
            await gate.Run(string.Create(CultureInfo.InvariantCulture, $"select pg_advisory_lock({FirstLock + n}); create trigger gate_{n} before insert on es.mt_events for each row when (new.type = '{kinds[n]}') execute function exchange.gate({FirstLock + n})"));
        return gate;
    }

    /// <summary>Until an append that would write the event waits.</summary>
    public Task InHand(string kind) => Eventually.True(
        async () => await at.Count(string.Create(CultureInfo.InvariantCulture, $"select count(*) from {Waiting} and objid = {FirstLock + Array.IndexOf(kinds, kind)}")) > 0, $"{kind} is about to be written");

    /// <summary>After the node was killed: what waited for this event is written or is not, all else that waited is not, and the event is held back no more.</summary>
    public async Task Open(string kind, bool written)
    {
        var number = FirstLock + Array.IndexOf(kinds, kind);
        if (written) await Run($"select pg_advisory_unlock({number})");
        await Eventually.True(async () => await at.Count(string.Create(CultureInfo.InvariantCulture, $"select count(*) from {Waiting} and objid = {number}")) == 0 || !written, "what waited went through");
        await Run($"select pg_terminate_backend(pid) from {Waiting}");
        await Eventually.True(async () => await at.Count($"select count(*) from {Waiting}") == 0, "nothing waits");
        await Run($"drop trigger gate_{number - FirstLock} on es.mt_events");
        if (!written) await Run($"select pg_advisory_unlock({number})");
    }

    /// <summary>Every event passes from here on.</summary>
    public async ValueTask DisposeAsync()
    {
        await Run("select pg_advisory_unlock_all()");
        await Run("drop function exchange.gate() cascade");
        await connection.DisposeAsync();
    }

    private async Task Run(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

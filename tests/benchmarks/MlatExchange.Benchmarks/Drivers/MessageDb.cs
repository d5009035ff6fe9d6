using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Benchmarks.Drivers;

/// <summary>Message DB in the same database: its function, prepared, called by plain Npgsql, a connection for each writer.</summary>
internal sealed class MessageDb : IAsyncDisposable
{
    // As its own install script has them.
    private static readonly string[] Files =
    [
        "schema/message-store", "extensions/pgcrypto", "tables/messages", "types/message", "functions/hash-64", "functions/acquire-lock", "functions/category", "functions/id",
        "functions/cardinal-id", "functions/stream-version", "functions/write-message", "indexes/messages-id", "indexes/messages-stream", "indexes/messages-category",
    ];

    private readonly NpgsqlDataSource source;

    private MessageDb(NpgsqlDataSource source) => this.source = source;

    public static async Task<MessageDb> Install(BenchmarkDatabase database, string modules)
    {
        foreach (var file in Files)
            await database.Run($"set search_path = message_store, public; {await File.ReadAllTextAsync(Path.Combine(modules, "@eventide/message-db/database", file + ".sql"))}");
        return new(new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(database.Owner.ConnectionString) { SearchPath = "message_store, public", NoResetOnClose = true }.ConnectionString).Build());
    }

    public Task<double> Append(int writers, double seconds) => AppendRate.Rate(writers, seconds, async unfinished =>
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("select message_store.write_message($1, $2, 'request.drafted.v1', $3, $4, $5)", connection)
        {
            Parameters =
            {
                new() { Value = "", NpgsqlDbType = NpgsqlDbType.Varchar }, new() { Value = $"request-{Guid.CreateVersion7()}", NpgsqlDbType = NpgsqlDbType.Varchar },
                new() { Value = AppendRate.Body, NpgsqlDbType = NpgsqlDbType.Jsonb }, new() { Value = AppendRate.Headers, NpgsqlDbType = NpgsqlDbType.Jsonb },
                new() { Value = 0L, NpgsqlDbType = NpgsqlDbType.Bigint },
            },
        };
        await command.PrepareAsync();
        var version = 0L;
        for (; unfinished(); version++)
        {
            (command.Parameters[0].Value, command.Parameters[4].Value) = (Guid.CreateVersion7().ToString(), version - 1);
            if ((long)(await command.ExecuteScalarAsync())! != version)
                throw new InvalidOperationException("A message was not written.");
        }
        return version;
    });

    public ValueTask DisposeAsync() => source.DisposeAsync();
}

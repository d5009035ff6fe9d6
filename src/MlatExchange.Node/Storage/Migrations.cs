using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace MlatExchange.Node.Storage;

/// <summary>
/// Brings a database to this build's schema: the embedded files <c>Storage/Migrations/NNN-name.sql</c> in order, each in its own transaction and each once, then
/// roles and <c>grants.sql</c>, every time. An advisory lock keeps node processes that start together apart. A file that was applied never changes: its SHA-256 is kept.
/// </summary>
public static class Migrations
{
    private const string Prefix = "MlatExchange.Node.Storage.Migrations.";
    private const long LockKey = 0x6d6c61745f6d6967; // "mlat_mig"

    /// <summary>Migrates; does nothing that was done before.</summary>
    /// <param name="settings">With the owner's connection string.</param>
    /// <exception cref="InvalidOperationException">A file that was applied has changed since, or the database is newer than this build.</exception>
    public static async Task Apply(StorageSettings settings, CancellationToken cancellationToken = default)
    {
        var owner = settings.MigrationConnectionString ?? throw new InvalidOperationException("Storage:MigrationConnectionString is not set.");
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(owner) { Pooling = false, CommandTimeout = 0 });
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await Run(connection, $"select pg_advisory_lock({LockKey})", cancellationToken);
        await Run(connection, "create table if not exists public.mlat_migrations (number integer primary key, name text not null, sha256 bytea not null, applied_at timestamptz not null default now())", cancellationToken);
        var applied = await Applied(connection, cancellationToken);
        foreach (var (number, name, sql) in Files())
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(sql));
            if (applied.Remove(number, out var before))
            {
                if (!before.AsSpan().SequenceEqual(hash))
                    throw new InvalidOperationException($"Migration {name} was changed after it was applied: add a new one instead.");
                continue;
            }
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await Run(connection, sql, cancellationToken);
            await using var note = new NpgsqlCommand("insert into public.mlat_migrations (number, name, sha256) values ($1, $2, $3)", connection)
            {
                Parameters = { new() { Value = number }, new() { Value = name }, new() { Value = hash } },
            };
            await note.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        if (applied.Count > 0)
            throw new InvalidOperationException($"The database has migration {applied.Keys.Max()}, which this build does not know: it is older than the database.");
        await DatabaseRoles.Grant(connection, settings, Text(Prefix + "grants.sql"), cancellationToken);
    }

    /// <summary>For a node that may not migrate: throws when the database is not at this build's schema.</summary>
    public static async Task Check(NpgsqlDataSource database, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var applied = await Applied(connection, cancellationToken);
        foreach (var (number, name, _) in Files().Where(f => !applied.ContainsKey(f.Number)))
            throw new InvalidOperationException($"The database lacks migration {number} ({name}): run the node once with Storage:MigrationConnectionString.");
    }

    private static IEnumerable<(int Number, string Name, string Sql)> Files() =>
        from resource in typeof(Migrations).Assembly.GetManifestResourceNames()
        where resource.StartsWith(Prefix, StringComparison.Ordinal) && char.IsAsciiDigit(resource[Prefix.Length])
        let name = resource[Prefix.Length..]
        let number = int.Parse(name.AsSpan(0, 3), CultureInfo.InvariantCulture)
        orderby number
        select (number, name, Text(resource));

    private static string Text(string resource)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static async Task<Dictionary<int, byte[]>> Applied(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select number, sha256 from public.mlat_migrations", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var applied = new Dictionary<int, byte[]>();
        while (await reader.ReadAsync(cancellationToken))
            applied.Add(reader.GetInt32(0), reader.GetFieldValue<byte[]>(1));
        return applied;
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

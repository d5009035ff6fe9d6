using Npgsql;

namespace MlatExchange.Node.Storage;

/// <summary>Makes the node's database roles where they are missing and grants each what it needs. Roles are shared by a server, so their names come from the settings.</summary>
internal static class DatabaseRoles
{
    public static async Task Grant(NpgsqlConnection owner, StorageSettings settings, string grants, CancellationToken cancellationToken)
    {
        var app = new NpgsqlConnectionStringBuilder(settings.ConnectionString);
        var sequencer = new NpgsqlConnectionStringBuilder(settings.SequencerConnectionString);
        if (string.IsNullOrEmpty(app.Username) || string.IsNullOrEmpty(sequencer.Username) || app.Username == sequencer.Username)
            throw new InvalidOperationException("Storage:ConnectionString and Storage:SequencerConnectionString must name two roles.");
        var archiver = owner.Database + "_archiver";
        await Make(owner, app.Username, app.Password, "login", cancellationToken);
        await Make(owner, sequencer.Username, sequencer.Password, "login", cancellationToken);
        await Make(owner, archiver, null, "nologin", cancellationToken);
        await using var transaction = await owner.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(grants
            .Replace("{app}", Quoted(app.Username), StringComparison.Ordinal)
            .Replace("{sequencer}", Quoted(sequencer.Username), StringComparison.Ordinal)
            .Replace("{archiver}", Quoted(archiver), StringComparison.Ordinal)
            .Replace("{database}", Quoted(owner.Database), StringComparison.Ordinal), owner);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task Make(NpgsqlConnection owner, string role, string? password, string login, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("select 1 from pg_roles where rolname = $1", owner) { Parameters = { new() { Value = role } } };
        if (await exists.ExecuteScalarAsync(cancellationToken) is not null)
            return;
        var secret = password is null ? "" : $" password '{password.Replace("'", "''", StringComparison.Ordinal)}'";
        try
        {
            await using var create = new NpgsqlCommand($"create role {Quoted(role)} {login} nosuperuser nocreatedb nocreaterole noinherit noreplication{secret}", owner);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation)
        {
            // Another node of the same server was faster.
        }
    }

    private static string Quoted(string identifier) => '"' + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
}

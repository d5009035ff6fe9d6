using MlatExchange.Node.Storage;
using Npgsql;

namespace MlatExchange.Node.Tests;

/// <summary>The real servers that tests run on, named by environment variables; a test whose server is not named is skipped and says so.</summary>
public static class Servers
{
    public static string Postgres => Named("MLAT_TEST_POSTGRES", "an administrator's connection string");

    public static string RabbitMq => Named("MLAT_TEST_RABBITMQ", "an administrator's amqp uri");

    public static string RabbitMqManagement => Named("MLAT_TEST_RABBITMQ_MANAGEMENT", "the management plug-in's uri with user and password");

    private static string Named(string variable, string what)
    {
        var value = Environment.GetEnvironmentVariable(variable);
        Assert.SkipWhen(string.IsNullOrEmpty(value), $"{variable} ({what}) is not set");
        return value!;
    }
}

/// <summary>
/// A migrated database of its own with a node's roles, dropped afterwards. As a class fixture it is one per test class; tests then use streams of their own.
/// </summary>
public sealed class NodeDatabase : IAsyncLifetime
{
    private readonly string name = $"mlat_test_{Guid.NewGuid():N}"[..24];
    private StorageSettings? settings;

    /// <summary>As a node of this database would have them. Touching it skips the test when there is no server.</summary>
    public StorageSettings Settings => settings ?? throw new InvalidOperationException(Servers.Postgres);

    public NpgsqlDataSource App { get; private set; } = null!;

    public SequencerDatabase Sequencer { get; private set; } = null!;

    /// <summary>The superuser: what a hostile or careless administrator can do.</summary>
    public NpgsqlDataSource Superuser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("MLAT_TEST_POSTGRES") is not { Length: > 0 } admin)
            return;
        await Admin(admin, $"create database {name}");
        var owner = new NpgsqlConnectionStringBuilder(admin) { Database = name };
        settings = new()
        {
            ConnectionString = new NpgsqlConnectionStringBuilder(owner.ConnectionString) { Username = name + "_app", Password = "app-" + name }.ConnectionString,
            SequencerConnectionString = new NpgsqlConnectionStringBuilder(owner.ConnectionString) { Username = name + "_sequencer", Password = "seq-" + name }.ConnectionString,
            MigrationConnectionString = owner.ConnectionString,
        };
        await Migrations.Apply(settings);
        App = StorageSettings.Pool(settings.ConnectionString);
        Sequencer = new(StorageSettings.Pool(settings.SequencerConnectionString));
        Superuser = NpgsqlDataSource.Create(owner);
    }

    public async ValueTask DisposeAsync()
    {
        if (settings is null)
            return;
        foreach (var source in (NpgsqlDataSource[])[App, Sequencer.Source, Superuser])
            await source.DisposeAsync();
        await Admin(Servers.Postgres, $"drop database {name} with (force)");
        foreach (var role in (string[])["app", "sequencer", "archiver"])
            await Admin(Servers.Postgres, $"drop role if exists {name}_{role}");
    }

    /// <summary>Runs one statement as the superuser.</summary>
    public async Task<int> Run(string sql, params object[] parameters)
    {
        await using var command = Superuser.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>One value, as the superuser sees it.</summary>
    public async Task<T> Scalar<T>(string sql, params object[] parameters)
    {
        await using var command = Superuser.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Admin(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

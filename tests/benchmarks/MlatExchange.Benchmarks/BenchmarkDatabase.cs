using MlatExchange.Node.Storage;
using Npgsql;

namespace MlatExchange.Benchmarks;

/// <summary>A migrated database of its own on the server that MLAT_TEST_POSTGRES names, dropped afterwards; durable settings are asserted.</summary>
internal sealed class BenchmarkDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource admin;
    private readonly string name;

    private BenchmarkDatabase(NpgsqlDataSource admin, string name, StorageSettings settings)
    {
        (this.admin, this.name) = (admin, name);
        Owner = new(settings.MigrationConnectionString);
        App = StorageSettings.Pool(settings.ConnectionString);
        Sequencer = new(StorageSettings.Pool(settings.SequencerConnectionString));
        Superuser = NpgsqlDataSource.Create(settings.MigrationConnectionString!);
    }

    public NpgsqlConnectionStringBuilder Owner { get; }

    public NpgsqlDataSource App { get; }

    public SequencerDatabase Sequencer { get; }

    public NpgsqlDataSource Superuser { get; }

    public static async Task<BenchmarkDatabase> Create()
    {
        var text = Environment.GetEnvironmentVariable("MLAT_TEST_POSTGRES") ?? throw new InvalidOperationException("MLAT_TEST_POSTGRES is not set.");
        var name = $"mlat_bench_{Guid.NewGuid():N}"[..24];
        var admin = NpgsqlDataSource.Create(text);
        await Run(admin, $"create database {name}");
        var owner = new NpgsqlConnectionStringBuilder(text) { Database = name };
        string As(string role) => new NpgsqlConnectionStringBuilder(owner.ConnectionString) { Username = $"{name}_{role}", Password = role + name }.ConnectionString;
        var settings = new StorageSettings { ConnectionString = As("app"), SequencerConnectionString = As("sequencer"), MigrationConnectionString = owner.ConnectionString };
        await Migrations.Apply(settings);
        var made = new BenchmarkDatabase(admin, name, settings);
        foreach (var setting in (string[])["fsync", "synchronous_commit", "full_page_writes"])
        {
            if (await made.Scalar<string>($"show {setting}") != "on")
                throw new InvalidOperationException($"The server runs with {setting} off: nothing measured on it counts.");
        }
        return made;
    }

    public Task Run(string sql) => Run(Superuser, sql);

    public async Task<T> Scalar<T>(string sql)
    {
        await using var command = Superuser.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in (NpgsqlDataSource[])[App, Sequencer.Source, Superuser])
            await source.DisposeAsync();
        await Run(admin, $"drop database {name} with (force)");
        foreach (var role in (string[])["app", "sequencer", "archiver"])
            await Run(admin, $"drop role {name}_{role}");
        await admin.DisposeAsync();
    }

    private static async Task Run(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}

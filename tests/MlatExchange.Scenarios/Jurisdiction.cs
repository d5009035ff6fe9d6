using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MlatExchange.Node.Hosting;
using Npgsql;

namespace MlatExchange.Scenarios;

/// <summary>
/// One jurisdiction: its database, its virtual host, its folder and its node, which runs in this process or in one of its own that can be killed, and can be
/// started anew on what it left.
/// </summary>
public sealed class Jurisdiction(string code, string[] others, string keys, string folder, Uri bus) : IAsyncDisposable
{
    private readonly string database = $"mlat_scenario_{code}_{Guid.NewGuid():N}"[..30];
    private WebApplication? node;
    private NodeProcess? process;

    public string Code => code;

    /// <summary>The node's clock where it runs in this process; null for the machine's.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Settings that the next start has instead of, or beside, the usual ones.</summary>
    public Dictionary<string, string?> Besides { get; } = [];

    /// <summary>The node's private keys.</summary>
    public string Keys => Path.Combine(keys, code, "node");

    public string Guard => Path.Combine(folder, code, "guard");

    public string Url { get; } = $"http://127.0.0.1:{FreePort()}";

    /// <summary>Everything the node said in its logs since it was first started.</summary>
    public CapturedLog Log { get; } = new();

    /// <summary>The whole database, as its superuser sees it.</summary>
    public string Superuser => new NpgsqlConnectionStringBuilder(Servers.Postgres) { Database = database }.ConnectionString;

    /// <summary>The node's own folder: data keys, guard, evidence.</summary>
    public string DataPath => Path.Combine(folder, code);

    /// <summary>Settings over and above the usual ones, read at the next start.</summary>
    public Dictionary<string, string?> More { get; } = [];

    public Task CreateDatabase() => Admin($"create database {database}");

    /// <summary>Starts the node and waits until every part of it says that it is in order.</summary>
    public async Task Start()
    {
        await StartAsItIs();
        await Ready();
    }

    /// <summary>The whole database in one file, as a backup takes it.</summary>
    public async Task Backup(string file) => await Postgres("pg_dump", "--format=custom", $"--file={file}", database);

    /// <summary>Puts the database back as the file has it; the node is stopped.</summary>
    public async Task Restore(string file)
    {
        NpgsqlConnection.ClearAllPools();
        await Admin($"drop database {database} with (force)");
        await CreateDatabase();
        await Postgres("pg_restore", "--exit-on-error", $"--dbname={database}", file);
    }

    private static async Task Postgres(string tool, params string[] args)
    {
        var to = new NpgsqlConnectionStringBuilder(Servers.Postgres);
        var start = new ProcessStartInfo(tool, args) { RedirectStandardError = true };
        (start.Environment["PGHOST"], start.Environment["PGPORT"], start.Environment["PGUSER"], start.Environment["PGPASSWORD"]) = (to.Host, $"{to.Port}", to.Username, to.Password ?? "");
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{tool} ended with {process.ExitCode}: {said}");
    }

    /// <summary>Starts the node, whatever it then says of itself.</summary>
    public async Task StartAsItIs()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Demo", ContentRootPath = folder });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(Settings());
        builder.Configuration.AddInMemoryCollection(Besides);
        builder.WebHost.UseUrls(Url);
        if (Clock is not null) builder.Services.AddSingleton(Clock);
        node = await NodeApplication.Build(builder);
        node.Services.GetRequiredService<ILoggerFactory>().AddProvider(Log);
        await node.StartAsync();
    }

    /// <summary>Starts the node as the operating system's process that it is in service, and waits in the same way.</summary>
    /// <param name="temporary">Folder for whatever the process or its libraries write in passing; null for the machine's.</param>
    public async Task StartProcess(string? temporary = null)
    {
        var settings = Settings();
        if (temporary is not null) settings["TMPDIR"] = Directory.CreateDirectory(temporary).FullName;
        process = NodeProcess.Start(folder, settings);
        await Ready();
    }

    /// <summary>The operating system's id of the process.</summary>
    public int ProcessId => process!.Id;

    /// <summary>SIGKILL: whatever the node was doing, it does no more of it.</summary>
    public void Kill()
    {
        process!.Dispose();
        process = null;
    }

    public async Task Stop()
    {
        if (process is not null) Kill();
        if (node is null) return;
        await node.StopAsync();
        await node.DisposeAsync();
        node = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        NpgsqlConnection.ClearAllPools();
        await Admin($"drop database if exists {database} with (force)");
        foreach (var role in (string[])["app", "sequencer", "archiver"]) await Admin($"drop role if exists {database}_{role}");
    }

    /// <summary>One column of a query, as the superuser sees it.</summary>
    public async Task<IReadOnlyList<T>> Column<T>(string sql, params object[] parameters)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Superuser) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<T>();
        while (await reader.ReadAsync()) found.Add(reader.GetFieldValue<T>(0));
        return found;
    }

    /// <summary>One number, such as a count.</summary>
    public async Task<long> Count(string sql, params object[] parameters) => (await Column<long>(sql, parameters))[0];

    private async Task Ready()
    {
        using var client = new HttpClient { BaseAddress = new(Url) };
        await Eventually.True(async () => process is { Ended: true } ? throw new InvalidOperationException($"The node of {code} ended: {process.LastWords}") : await Answers(client), $"the node of {code} is ready");
    }

    private static async Task<bool> Answers(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // it does not listen yet
        }
    }

    private Dictionary<string, string?> Settings() => new(InForce().Concat(More))
    {
        ["Urls"] = Url,
        ["Node:Jurisdiction"] = code.ToUpperInvariant(),
        ["Node:BaseUrl"] = Url,
        ["Node:KeysPath"] = Keys,
        ["Node:TrustPath"] = Path.Combine(keys, "trust"),
        ["Node:DataPath"] = Directory.CreateDirectory(DataPath).FullName,
        ["Storage:Driver"] = Environment.GetEnvironmentVariable("MLAT_TEST_DRIVER") ?? "postgres",
        ["Storage:ConnectionString"] = Role("app"),
        ["Storage:SequencerConnectionString"] = Role("sequencer"),
        ["Storage:MigrationConnectionString"] = Superuser,
        ["Bus:Transport"] = "rabbitmq",
        ["Bus:Uri"] = bus.ToString(),
        ["Access:Mode"] = "Demo",
        ["RulePacks:Path"] = Path.Combine(Servers.Repository, "contracts", "rule-packs"),
        ["Erasure:NotBeforeSeconds"] = "1",
        ["KeyStore:EpochSeconds"] = "5",
        ["AllowedHosts"] = "*",
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:MlatExchange"] = "Debug",
        ["Logging:Console:LogLevel:Default"] = "Error",
    };

    private IEnumerable<KeyValuePair<string, string?>> InForce() => others.SelectMany(other =>
        new[] { "EEV", "EIO", "BC", "UNTOC", "BILATERAL" }.Select((instrument, n) => KeyValuePair.Create($"Instruments:InForce:{other.ToUpperInvariant()}:{n}", (string?)instrument)));

    private string Role(string role) => new NpgsqlConnectionStringBuilder(Superuser) { Username = $"{database}_{role}", Password = $"{role}-{database}" }.ConnectionString;

    private static async Task Admin(string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Servers.Postgres) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

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

/// <summary>One jurisdiction: its database, its virtual host, its folder and its node, which runs in this process and can be started anew on what it left.</summary>
public sealed class Jurisdiction(string code, string other, string keys, string folder, Uri bus) : IAsyncDisposable
{
    private readonly string database = $"mlat_scenario_{code}_{Guid.NewGuid():N}"[..30];
    private WebApplication? node;

    public string Url { get; } = $"http://127.0.0.1:{FreePort()}";

    /// <summary>Everything the node said in its logs since it was first started.</summary>
    public CapturedLog Log { get; } = new();

    /// <summary>The whole database, as its superuser sees it.</summary>
    public string Superuser => new NpgsqlConnectionStringBuilder(Servers.Postgres) { Database = database }.ConnectionString;

    public Task CreateDatabase() => Admin($"create database {database}");

    /// <summary>Starts the node and waits until every part of it says that it is in order.</summary>
    public async Task Start()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Demo", ContentRootPath = folder });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(Settings());
        builder.WebHost.UseUrls(Url);
        node = await NodeApplication.Build(builder);
        node.Services.GetRequiredService<ILoggerFactory>().AddProvider(Log);
        await node.StartAsync();
        using var client = new HttpClient { BaseAddress = new(Url) };
        await Eventually.True(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode, $"the node of {code} is ready");
    }

    public async Task Stop()
    {
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

    private Dictionary<string, string?> Settings() => new()
    {
        ["Node:Jurisdiction"] = code.ToUpperInvariant(),
        ["Node:BaseUrl"] = Url,
        ["Node:KeysPath"] = Path.Combine(keys, code, "node"),
        ["Node:TrustPath"] = Path.Combine(keys, "trust"),
        ["Node:DataPath"] = Directory.CreateDirectory(Path.Combine(folder, code)).FullName,
        ["Storage:Driver"] = "postgres",
        ["Storage:ConnectionString"] = Role("app"),
        ["Storage:SequencerConnectionString"] = Role("sequencer"),
        ["Storage:MigrationConnectionString"] = Superuser,
        ["Bus:Transport"] = "rabbitmq",
        ["Bus:Uri"] = bus.ToString(),
        ["Access:Mode"] = "Demo",
        ["RulePacks:Path"] = Path.Combine(Servers.Repository, "contracts", "rule-packs"),
        ["Erasure:NotBeforeSeconds"] = "1",
        ["KeyStore:EpochSeconds"] = "5",
        [$"Instruments:InForce:{other.ToUpperInvariant()}:0"] = "EEV",
        [$"Instruments:InForce:{other.ToUpperInvariant()}:1"] = "EIO",
        [$"Instruments:InForce:{other.ToUpperInvariant()}:2"] = "BC",
        [$"Instruments:InForce:{other.ToUpperInvariant()}:3"] = "UNTOC",
        [$"Instruments:InForce:{other.ToUpperInvariant()}:4"] = "BILATERAL",
        ["AllowedHosts"] = "*",
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:MlatExchange"] = "Debug",
        ["Logging:Console:LogLevel:Default"] = "Error",
    };

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

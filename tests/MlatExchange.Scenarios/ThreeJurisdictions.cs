using MlatExchange.Cli;

namespace MlatExchange.Scenarios;

/// <summary>XA, XB and XC, each joined with the two others.</summary>
public sealed class ThreeJurisdictions : IAsyncLifetime
{
    private static readonly string[] Codes = ["xa", "xb", "xc"];
    private readonly string folder = Directory.CreateTempSubdirectory("mlat-three-").FullName;
    private readonly Dictionary<string, Jurisdiction> all = [];
    private Broker? broker;

    /// <summary>Touching it skips the scenario where a server is missing.</summary>
    public Jurisdiction this[string code] => Servers.Missing is null ? all[code] : throw Missing();

    public Broker Broker => broker ?? throw Missing();

    public string Keys => Path.Combine(folder, "keys");

    public NodeClient At(string code) => new(this[code].Url);

    /// <summary>A folder that does not exist yet.</summary>
    public string NewFolder() => Path.Combine(folder, Guid.NewGuid().ToString("N"));

    public async ValueTask InitializeAsync()
    {
        if (Servers.Missing is not null) return;
        broker = new(Servers.RabbitMq, Servers.Management);
        foreach (var code in Codes)
        {
            await broker.CreateVhost(code);
            all[code] = new(code, [.. Codes.Where(other => other != code)], Keys, folder, await broker.NodeUser(code));
            await all[code].CreateDatabase();
        }
        Assert.Equal(0, await Mlat.Run(["keys", "new", Keys, .. Codes.SelectMany(code => new[] { "--jurisdiction", $"{code.ToUpperInvariant()}={all[code].Url}" })], Workplace.Real with { Out = TextWriter.Null }));
        foreach (var code in Codes) await all[code].Start();
        foreach (var from in Codes)
            foreach (var to in Codes.Where(other => other != from)) await broker.Shovel(from, to);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in all.Values) await node.DisposeAsync();
        if (broker is not null) await broker.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static InvalidOperationException Missing()
    {
        Assert.Skip(Servers.Missing ?? "the servers did not start");
        return new();
    }
}

/// <summary>After the others, as every fixture with nodes of its own.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AllThree : ICollectionFixture<ThreeJurisdictions>
{
    public const string Name = "three jurisdictions";
}

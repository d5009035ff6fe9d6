using MlatExchange.Cli;

namespace MlatExchange.Scenarios;

/// <summary>XA and XB with keys, databases, virtual hosts and links of their own. One pair for all scenarios; each scenario uses cases of its own.</summary>
public sealed class TwoJurisdictions : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("mlat-scenarios-").FullName;
    private Broker? broker;
    private Jurisdiction? xa;
    private Jurisdiction? xb;

    /// <summary>Touching it skips the scenario where a server is missing.</summary>
    public Jurisdiction Xa => Present(xa);

    public Jurisdiction Xb => Present(xb);

    /// <summary>What the two nodes have between them.</summary>
    public Broker Broker => broker!;

    public string Keys => Path.Combine(folder, "keys");

    /// <summary>A folder that does not exist yet.</summary>
    public string NewFolder() => Path.Combine(folder, Guid.NewGuid().ToString("N"));

    public NodeClient AtXa => new(Xa.Url);

    public NodeClient AtXb => new(Xb.Url);

    public async ValueTask InitializeAsync()
    {
        if (Servers.Missing is not null) return;
        broker = new Broker();
        await broker.CreateVhost("xa");
        await broker.CreateVhost("xb");
        xa = new("xa", "xb", Keys, folder, await broker.NodeUser("xa"));
        xb = new("xb", "xa", Keys, folder, await broker.NodeUser("xb"));
        Assert.Equal(0, await Mlat.Run(["keys", "new", Keys, "--jurisdiction", $"XA={xa.Url}", "--jurisdiction", $"XB={xb.Url}"], Workplace.Real with { Out = TextWriter.Null }));
        await xa.CreateDatabase();
        await xb.CreateDatabase();
        await xa.Start();
        await xb.Start();
        await broker.Shovel("xa", "xb");
        await broker.Shovel("xb", "xa");
    }

    public async ValueTask DisposeAsync()
    {
        if (xa is not null) await xa.DisposeAsync();
        if (xb is not null) await xb.DisposeAsync();
        if (broker is not null) await broker.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static Jurisdiction Present(Jurisdiction? jurisdiction)
    {
        Assert.SkipWhen(Servers.Missing is not null, Servers.Missing ?? "");
        return jurisdiction!;
    }
}

/// <summary>All scenarios share the pair and run one after the other, since one of them stops a node.</summary>
[CollectionDefinition(Name)]
public sealed class Scenario : ICollectionFixture<TwoJurisdictions>
{
    public const string Name = "two jurisdictions";
}

using MlatExchange.Cli;

namespace MlatExchange.Scenarios;

/// <summary>XA and another jurisdiction with keys, databases, virtual hosts and links of their own. Each scenario uses cases of its own.</summary>
/// <param name="second">Code of the other jurisdiction in small letters; the properties call it XB whatever it is.</param>
/// <param name="clock">Clock of both nodes; null for the machine's.</param>
/// <param name="validDays">Days until the trust lists run out.</param>
public abstract class Pair(string second, TimeProvider? clock = null, int validDays = 30) : IAsyncLifetime
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
        broker = new Broker(Servers.RabbitMq, Servers.Management);
        await broker.CreateVhost("xa");
        await broker.CreateVhost(second);
        xa = new("xa", [second], Keys, folder, await broker.NodeUser("xa")) { Clock = clock };
        xb = new(second, ["xa"], Keys, folder, await broker.NodeUser(second)) { Clock = clock };
        Assert.Equal(0, await Mlat.Run(["keys", "new", Keys, "--jurisdiction", $"XA={xa.Url}", "--jurisdiction", $"{second.ToUpperInvariant()}={xb.Url}", "--valid-days", $"{validDays}"], Workplace.Real with { Out = TextWriter.Null }));
        await xa.CreateDatabase();
        await xb.CreateDatabase();
        Before(xa);
        await xa.Start();
        await xb.Start();
        await broker.Shovel("xa", second);
        await broker.Shovel(second, "xa");
    }

    /// <summary>What else XA starts with.</summary>
    protected virtual void Before(Jurisdiction xa)
    {
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
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

/// <summary>XA and XB: one pair for most scenarios.</summary>
public sealed class TwoJurisdictions() : Pair("xb");

/// <summary>XA and XC, for the cases between those two.</summary>
public sealed class XaAndXc() : Pair("xc");

/// <summary>After the others: two pairs at once would share two processors.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ScenarioWithXc : ICollectionFixture<XaAndXc>
{
    public const string Name = "XA and XC";
}

/// <summary>All scenarios share the pair and run one after the other, since one of them stops a node.</summary>
[CollectionDefinition(Name)]
public sealed class Scenario : ICollectionFixture<TwoJurisdictions>
{
    public const string Name = "two jurisdictions";
}

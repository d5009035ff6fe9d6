using MlatExchange.Cli;

namespace MlatExchange.Scenarios;

/// <summary>XA and XB as processes of their own, on a broker of their own that may be killed. Each test leaves all three running.</summary>
public sealed class BreakablePair : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("mlat-faults-").FullName;
    private OwnBroker? power;
    private Broker? broker;
    private Jurisdiction? xa;
    private Jurisdiction? xb;

    public OwnBroker Power => Present(power);

    public Jurisdiction Xa => Present(xa);

    public Jurisdiction Xb => Present(xb);

    public string Keys => Path.Combine(folder, "keys");

    /// <summary>A folder that does not exist yet.</summary>
    public string NewFolder() => Path.Combine(folder, Guid.NewGuid().ToString("N"));

    public NodeClient AtXa => new(Xa.Url);

    public NodeClient AtXb => new(Xb.Url);

    /// <summary>How many messages of a queue nobody has in hand.</summary>
    public Task<uint> Waiting(string code, string queue) => broker!.Waiting(code, queue);

    public async ValueTask InitializeAsync()
    {
        if (Servers.Missing is not null) return;
        power = await OwnBroker.Start();
        if (power is null) return;
        broker = new(power.Amqp, power.Management);
        foreach (var code in (string[])["xa", "xb"]) await broker.CreateVhost(code);
        xa = new("xa", ["xb"], Keys, folder, await broker.NodeUser("xa"));
        xb = new("xb", ["xa"], Keys, folder, await broker.NodeUser("xb"));
        Assert.Equal(0, await Mlat.Run(["keys", "new", Keys, "--jurisdiction", $"XA={xa.Url}", "--jurisdiction", $"XB={xb.Url}"], Workplace.Real with { Out = TextWriter.Null }));
        await Task.WhenAll(xa.CreateDatabase(), xb.CreateDatabase());
        await Task.WhenAll(xa.StartProcess(), xb.StartProcess());
        await broker.Shovel("xa", "xb");
        await broker.Shovel("xb", "xa");
    }

    public async ValueTask DisposeAsync()
    {
        if (xa is not null) await xa.DisposeAsync();
        if (xb is not null) await xb.DisposeAsync();
        // What stands on the broker goes with it.
        if (power is not null) await power.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static T Present<T>(T? part)
        where T : class
    {
        Assert.SkipWhen(Servers.Missing is not null, Servers.Missing ?? "");
        Assert.SkipWhen(part is null, "RabbitMQ runs in a container here, whose data goes with it");
        return part;
    }
}

/// <summary>These scenarios break things that they share, so they run one after the other, and after those that need no process of their own.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Breakable : ICollectionFixture<BreakablePair>
{
    public const string Name = "breakable pair";
}

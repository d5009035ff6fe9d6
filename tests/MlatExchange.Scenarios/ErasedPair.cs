using MlatExchange.Cli;

namespace MlatExchange.Scenarios;

/// <summary>
/// A whole story between XA and XB, played to the end: both sides have closed the case, its keys are destroyed and the epochs over. The nodes are processes of their own on the
/// test servers, so that the memory searched is a node's and not a test's. Epochs are 5 seconds, the time to object 1 second.
/// </summary>
public sealed class ErasedPair : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("mlat-erased-").FullName;
    private Broker? broker;
    private Jurisdiction? xa;
    private Jurisdiction? xb;

    public Jurisdiction Xa => Present(xa);

    public Jurisdiction Xb => Present(xb);

    public string Keys => Path.Combine(folder, "keys");

    public PlantedStory Story { get; private set; } = null!;

    /// <summary>How often what was planted, or a key, was in each node's memory while the case lived: shows that the search finds it.</summary>
    public IReadOnlyDictionary<string, int> WhileItLived { get; private set; } = new Dictionary<string, int>();

    /// <summary>Copies of the key files as a backup of the key store would have them, by jurisdiction and key.</summary>
    public List<(Jurisdiction Of, string Key, byte[] File)> Backup { get; } = [];

    /// <summary>Before anything was written, UTC.</summary>
    public DateTime Began { get; } = DateTime.UtcNow;

    /// <summary>Folder that a node was given for temporary files.</summary>
    public string Temporary(string code) => Path.Combine(folder, "temporary-" + code);

    /// <summary>How often any planted value, key or salt is in the memory of a node's process.</summary>
    public int InMemory(Jurisdiction of)
    {
        var count = 0;
        ProcessMemory.Search(of.ProcessId, (_, _, bytes) => count += Story.Planted.CountIn(bytes));
        return count;
    }

    public async ValueTask InitializeAsync()
    {
        if (Servers.Missing is not null) return;
        broker = new(Servers.RabbitMq, Servers.Management);
        foreach (var code in (string[])["xa", "xb"]) await broker.CreateVhost(code);
        xa = new("xa", ["xb"], Keys, folder, await broker.NodeUser("xa"));
        xb = new("xb", ["xa"], Keys, folder, await broker.NodeUser("xb"));
        Assert.Equal(0, await Mlat.Run(["keys", "new", Keys, "--jurisdiction", $"XA={xa.Url}", "--jurisdiction", $"XB={xb.Url}"], Workplace.Real with { Out = TextWriter.Null }));
        await Task.WhenAll(xa.CreateDatabase(), xb.CreateDatabase());
        await Task.WhenAll(xa.StartProcess(Temporary("xa")), xb.StartProcess(Temporary("xb")));
        await broker.Shovel("xa", "xb");
        await broker.Shovel("xb", "xa");
        if (Servers.Cases is not null) await Play();
    }

    private async Task Play()
    {
        Story = new(new(Xa.Url), new(Xb.Url), Xb.Url, Xa.Url, Keys, Path.Combine(folder, "work"), officials: false);
        await Story.Decide();
        await Story.Obtain();
        await Story.Look();
        foreach (var (of, keys) in new[] { (Xa, new[] { $"case-{Story.Request}", $"transfer-{Story.Transfer}" }), (Xb, [$"case-{Story.Received}", $"transfer-{Story.Transfer}"]) })
        {
            foreach (var key in keys) await Eventually.True(() => Task.FromResult(Remember(of, key)), "a key's file opens under its epoch's key");
            await Salts(of);
        }
        WhileItLived = new Dictionary<string, int> { ["xa"] = InMemory(Xa), ["xb"] = InMemory(Xb) };
        await Story.Destroy();
        await Story.Close(async (code, key) =>
            await (code == "xa" ? Xa : Xb).Count("select count(*) from es.mt_events where stream_id = $1 and type = 'erasure.final.v1'", $"erasure-{key}") == 1);
    }

    private bool Remember(Jurisdiction of, string key)
    {
        if (KeyFiles.Read(KeyFiles.DataOf(of, key)) is not { } file || KeyFiles.Epochs(of) is not { } epochs || KeyFiles.Open(key, file, epochs.Values) is not { } opened) return false;
        Backup.Add((of, key, file));
        Story.Planted.Add(opened);
        Story.Planted.Add(epochs[KeyFiles.EpochOf(file)]);
        return true;
    }

    /// <summary>Salts as oversight is shown them while the case lives.</summary>
    private async Task Salts(Jurisdiction of)
    {
        NodeClient at = new(of.Url);
        var proof = (await at.Send(
            HttpMethod.Get, $"/api/oversight/transfers/{Story.Transfer}/proof", await at.Token("watching", $"{of.Code}-oversight", "oversight"), null,
            ("Purpose-Code", "lawfulness-verification"), ("Justification", "While%20it%20lives"))).Expect(System.Net.HttpStatusCode.OK).Body;
        var openings = proof.GetProperty("openings").EnumerateObject().ToList();
        Assert.NotEmpty(openings);
        foreach (var opening in openings) Story.Planted.Add(System.Buffers.Text.Base64Url.DecodeFromChars(opening.Value.GetProperty("salt").GetString()));
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

/// <summary>After the others: it looks through memory and files, and two more nodes would share two processors.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ErasedCollection : ICollectionFixture<ErasedPair>
{
    public const string Name = "erased pair";
}

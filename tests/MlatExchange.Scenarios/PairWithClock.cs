using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Scenarios;

/// <summary>XA and XB with one clock of their own, which can be put forward.</summary>
public sealed class PairWithClock : Pair
{
    public PairWithClock()
        : this(new ForwardClock())
    {
    }

    private PairWithClock(ForwardClock clock)
        : base("xb", clock) => Clock = clock;

    public ForwardClock Clock { get; }
}

/// <summary>XA and XC with a clock and trust lists for years.</summary>
public class PairForYears : Pair
{
    private readonly string second;

    public PairForYears()
        : this("xc", new ForwardClock())
    {
    }

    protected PairForYears(string second, ForwardClock clock)
        : base(second, clock, validDays: 4200) => (this.second, Clock) = (second, clock);

    public ForwardClock Clock { get; }

    /// <summary>The next lists of both anchors: encryption keys live 30 days, so theirs begin anew at the clock's hour. Both nodes are started again with them.</summary>
    /// <param name="ahead">Put forward while the nodes are away.</param>
    public async Task RenewLists(TimeSpan ahead = default)
    {
        foreach (var node in (Jurisdiction[])[Xa, Xb]) await node.Stop();
        Clock.Forward(ahead);
        foreach (var code in (string[])["xa", second])
        {
            var file = Path.Combine(Keys, "trust", $"{code}.jwt");
            Assert.True(EcKey.TryImport(await File.ReadAllTextAsync(Path.Combine(Keys, code, "offline", "anchor.jwk")), out var anchor));
            Assert.True(Base64Url.TryDecode((await File.ReadAllTextAsync(file)).Split('.')[1], out var payload));
            var list = JsonNode.Parse(payload)!;
            list["seq"] = list["seq"]!.GetValue<int>() + 1;
            foreach (var key in list["node"]!["keys"]!.AsArray().Where(key => key!["use"]!.GetValue<string>() == "encryption"))
                key!["from"] = Clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.000Z", CultureInfo.InvariantCulture);
            await File.WriteAllTextAsync(file, CompactJws.Sign(TrustList.Type, JsonSerializer.SerializeToUtf8Bytes(list), anchor));
            anchor.Dispose();
        }

        foreach (var node in (Jurisdiction[])[Xa, Xb]) await node.Start();
    }
}

/// <summary>The same between XA and XB.</summary>
public sealed class PairForMonths() : PairForYears("xb", new ForwardClock());

/// <summary>The machine's clock, and however much it was put forward. Waiting takes as long as it takes.</summary>
public sealed class ForwardClock : TimeProvider
{
    private long ahead;

    public void Forward(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref ahead));
}

/// <summary>After the others, since two pairs at once would share two processors.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ScenarioWithClock : ICollectionFixture<PairWithClock>
{
    public const string Name = "a clock put forward";
}

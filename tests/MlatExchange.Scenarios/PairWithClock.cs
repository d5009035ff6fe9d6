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

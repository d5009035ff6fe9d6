using MlatExchange.Node.Ledger;
using MlatExchange.Node.Storage;
using Npgsql;

namespace MlatExchange.Node.Tests.Storage;

/// <summary>What this driver does beside the contract of all drivers: appends share a commit.</summary>
public sealed class PostgresEventStoreSpecs : IClassFixture<NodeDatabase>
{
    private readonly NodeDatabase database;

    public PostgresEventStoreSpecs(NodeDatabase database)
    {
        _ = database.Settings;
        this.database = database;
    }

    [Fact]
    public async Task Groups_that_share_a_commit_lose_or_fail_alone()
    {
        await using var oneLane = new PostgresEventStore(database.App, new LogBell());
        var existing = Given.Stream();
        await oneLane.Append(Append.To(existing, 0, Given.Event()));
        var good = Enumerable.Range(0, 40).Select(_ => Append.To(Given.Stream(), 0, Given.Events(2))).ToList();
        var loses = Append.To(existing, 0, Given.Event());
        var notJson = Append.To(Given.Stream(), 0, Given.Event(data: "{not json"));
        var zero = Append.To(Given.Stream(), 0, Given.Event(data: """{"x":"\u0000"}"""));

        var all = good.Take(20).Append(loses).Append(notJson).Concat(good.Skip(20)).Append(zero).Select(a => oneLane.Append(a)).ToList();
        await Task.WhenAll(all).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal(40, all.Count(t => t.IsCompletedSuccessfully && t.Result is AppendOutcome.Appended));
        Assert.Equal(new AppendOutcome.Conflict(existing, 0, 1), await all[20]);
        await Assert.ThrowsAsync<PostgresException>(() => all[21]);
        await Assert.ThrowsAsync<PostgresException>(() => all[^1]);
        foreach (var append in good)
            Assert.Equal(2, (await oneLane.Load(append.Streams[0].Stream)).Count);
    }

    [Fact]
    public async Task Groups_that_share_a_commit_and_a_stream_follow_each_other()
    {
        await using var oneLane = new PostgresEventStore(database.App, new LogBell());
        var stream = Given.Stream();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(n => oneLane.Append(Append.To(stream, n, Given.Event()))));

        Assert.All(outcomes, o => Assert.IsType<AppendOutcome.Appended>(o));
        Assert.Equal(Enumerable.Range(1, 30).Select(n => (long)n), (await oneLane.Load(stream)).Select(e => e.Version));
    }
}

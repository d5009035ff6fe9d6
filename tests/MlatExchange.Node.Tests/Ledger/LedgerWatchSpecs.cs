using MlatExchange.Node.Ledger;

namespace MlatExchange.Node.Tests.Ledger;

public sealed class LedgerWatchSpecs
{
    [Fact]
    public async Task An_edited_event_is_found_without_anybody_asking_and_named_by_its_place_until_it_is_put_right()
    {
        await using var node = await LedgerNode.WithSequencer();
        await node.Append(20);
        await node.Published(20);
        var logs = new TestLogger();
        using var watch = Watch(node, logs, TimeSpan.FromMilliseconds(50));
        await watch.StartAsync(CancellationToken.None);
        await LedgerNode.Until(() => watch.FinishedAt is not null, "a first audit");
        Assert.Null(watch.Fault);

        await node.Database.Run("update es.mt_events set timestamp = timestamp + interval '1 ms' where seq_id = (select seq_id from ledger.entries where idx = 7)");
        await LedgerNode.Until(() => watch.Fault is not null, "the change is found");
        Assert.Equal("The log and the tables disagree in 1 places: event-changed at leaf 7.", watch.Fault);
        Assert.Contains(4210, logs.Events);

        await node.Database.Run("update es.mt_events set timestamp = timestamp - interval '1 ms' where seq_id = (select seq_id from ledger.entries where idx = 7)");
        await LedgerNode.Until(() => watch.Fault is null, "it is put right");
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Appends_that_go_on_meanwhile_are_no_finding()
    {
        await using var node = await LedgerNode.WithSequencer();
        var logs = new TestLogger();
        using var watch = Watch(node, logs, TimeSpan.FromDays(1));
        using var stop = new CancellationTokenSource();
        var appending = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await node.Append(3);
        });
        for (var n = 0; n < 20; n++) await watch.Look(CancellationToken.None);
        await stop.CancelAsync();
        await appending;
        Assert.Null(watch.Fault);
        Assert.DoesNotContain(4210, logs.Events);
    }

    private static LedgerWatch Watch(LedgerNode node, TestLogger logs, TimeSpan every) => new(
        new(node.Database.App, node.Signer.Key), () => LogGuard.Newest(node.GuardPath, node.Signer.Key.Origin), TimeSpan.Zero, every, TimeProvider.System, logs);

    private sealed class TestLogger : Microsoft.Extensions.Logging.ILogger<LedgerWatch>
    {
        public System.Collections.Concurrent.ConcurrentQueue<int> Events { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(Microsoft.Extensions.Logging.LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Events.Enqueue(eventId.Id);
    }
}

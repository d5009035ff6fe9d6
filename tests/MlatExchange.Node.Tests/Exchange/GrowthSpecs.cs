using System.Collections.Concurrent;
using System.Diagnostics;

namespace MlatExchange.Node.Tests.Exchange;

/// <summary>Nothing else runs beside it: it counts what the whole process does.</summary>
[CollectionDefinition(nameof(GrowthSpecs), DisableParallelization = true)]
[Collection(nameof(GrowthSpecs))]
public sealed class GrowthSpecs
{
    private const int Few = 100, Many = 1000, InFlight = 32, Measured = 40;
    private const double Allowed = 1.05;
    private static readonly string[] Large = ["mt_events", "mt_streams", "entries", "inbox_raw"];

    [Fact]
    public async Task An_exchange_costs_after_a_thousand_what_it_cost_after_a_hundred()
    {
        var (statements, delivered) = (0L, new ConcurrentDictionary<string, TaskCompletionSource>());
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _ => Interlocked.Increment(ref statements),
        };
        ActivitySource.AddActivityListener(listener);
        await using var nodes = await TwoNodes.Start();
        nodes.Xa.Receipted = receipt => delivered.GetOrAdd(receipt.Thread.Id, _ => new()).TrySetResult();

        async Task Exchange()
        {
            var said = await nodes.Say();
            await delivered.GetOrAdd(said.Thread.Id, _ => new()).Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        async Task<Cost> Cost()
        {
            var costs = new List<Cost>();
            var sent = nodes.ToXb.Seen.Count + nodes.ToXa.Seen.Count;
            for (var n = 0; n < Measured; n++)
            {
                var (before, bytes) = (Interlocked.Read(ref statements), GC.GetTotalAllocatedBytes(precise: true));
                await Exchange();
                costs.Add(new(Interlocked.Read(ref statements) - before, GC.GetTotalAllocatedBytes(precise: true) - bytes));
            }

            Assert.Equal(2 * Measured, nodes.ToXb.Seen.Count + nodes.ToXa.Seen.Count - sent); // a message and its receipt, whatever is stored
            // What runs by the clock comes on top of some of them: the lower quartile has none of it.
            return new(Quartile(costs.Select(c => c.Statements)), Quartile(costs.Select(c => c.Bytes)));
        }

        async Task Fill(int until)
        {
            var left = until;
            await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async _ =>
            {
                while (Interlocked.Decrement(ref left) >= 0) await Exchange();
            }));
        }

        await Fill(Few);
        var early = await Cost();
        await Fill(Many - Few - Measured);
        var late = await Cost();

        TestContext.Current.TestOutputHelper?.WriteLine($"{early} then {late}");
        Assert.InRange(early.Statements, 8, 40); // they are counted
        Assert.True(late.Statements <= early.Statements * Allowed, $"statements of an exchange grew from {early.Statements} to {late.Statements}");
        Assert.True(late.Bytes <= early.Bytes * Allowed, $"allocated bytes of an exchange grew from {early.Bytes} to {late.Bytes}");
        await nodes.Xa.Stop();
        await nodes.Xb.Stop();
        foreach (var database in new[] { nodes.Xa.Database, nodes.Xb.Database })
        {
            await database.App.DisposeAsync(); // a session that ends reports what it read
            await database.Sequencer.Source.DisposeAsync();
            Task<long> Read(string column) => database.Scalar<long>($"select sum({column})::bigint from pg_stat_user_tables where relname = any ($1)", (object)Large);
            await Eventually.True(async () => await Read("idx_scan") > Many, "reads by index are counted");
            Assert.Equal(0, await Read("seq_tup_read")); // no statement of a node read one of them whole

            // One signature for each message, and at most one head for each batch of the log.
            Assert.Equal(Many + Measured, await database.Scalar<long>("select count(*) from es.mt_events where type = 'thread.message-signed.v1'"));
            var heads = await database.Scalar<long>("select count(*) from ledger.checkpoints");
            Assert.InRange(heads, 1, await database.Scalar<long>("select count(distinct xmin::text) from ledger.entries"));
        }
    }

    private static long Quartile(IEnumerable<long> values) => values.Order().ElementAt(Measured / 4);

    private sealed record Cost(long Statements, long Bytes);
}

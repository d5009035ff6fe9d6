using MlatExchange.Node.Ledger;
using MlatExchange.Node.Storage;
using MlatExchange.Node.Tests.Ledger;

namespace MlatExchange.Node.Tests.Storage;

/// <summary>Many writers, of one driver or of two: nothing is lost, nothing is there twice, every event reaches the log.</summary>
public sealed class RaceContractSpecs(NodeDatabase database) : DriverContract(database)
{
    [Theory, MemberData(nameof(Drivers.Pairs), MemberType = typeof(Drivers))]
    public async Task Many_writers_on_one_stream_lose_nothing_and_write_nothing_twice(string first, string second)
    {
        const int Writers = 8, Each = 12;
        var (stores, stream) = (new[] { Open(first), Open(second) }, Given.Stream());

        async Task<Guid[]> Write(IEventStore store)
        {
            var ids = new Guid[Each];
            for (var n = 0; n < Each; n++)
            {
                var added = Given.Event();
                ids[n] = added.Id;
                while (await store.Append(Append.To(stream, (await store.Load(stream)).Count, added)) is not AppendOutcome.Appended)
                {
                }
            }
            return ids;
        }
        var written = await Task.WhenAll(Enumerable.Range(0, Writers).Select(n => Write(stores[n % 2])));

        var loaded = await stores[0].Load(stream);
        Assert.Equal(Enumerable.Range(1, Writers * Each).Select(n => (long)n), loaded.Select(e => e.Version));
        Assert.Equal(written.SelectMany(ids => ids).Order(), loaded.Select(e => e.Id).Order());
        Assert.All(written, ids => Assert.Equal(ids, loaded.Select(e => e.Id).Where(ids.Contains)));
    }

    [Theory, MemberData(nameof(Drivers.Pairs), MemberType = typeof(Drivers))]
    public async Task Racing_writers_of_several_streams_in_any_order_all_finish(string first, string second)
    {
        var stores = new[] { Open(first), Open(second) };
        var streams = Enumerable.Range(0, 4).Select(_ => Given.Stream()).ToArray();
        foreach (var stream in streams)
            await stores[0].Append(Append.To(stream, 0, Given.Event()));

        async Task<int> Write(IEventStore through, int seed)
        {
            var (random, written) = (new Random(seed), 0);
            for (var n = 0; n < 15; n++)
            {
                var chosen = random.GetItems(streams, 2).Distinct().ToArray();
                random.Shuffle(chosen);
                var loaded = await Task.WhenAll(chosen.Select(s => through.Load(s)));
                var outcome = await through.Append(new([.. chosen.Select((s, i) => new StreamAppend(s, loaded[i].Count, [Given.Event()]))], [], []));
                written += outcome is AppendOutcome.Appended ? chosen.Length : 0;
                Assert.True(outcome is AppendOutcome.Appended or AppendOutcome.Conflict);
            }
            return written;
        }
        var written = await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Write(stores[seed % 2], seed)));

        var stored = await Task.WhenAll(streams.Select(s => stores[1].Load(s)));
        Assert.Equal(written.Sum() + 4, stored.Sum(s => s.Count));
        Assert.All(stored, s => Assert.Equal(Enumerable.Range(1, s.Count).Select(n => (long)n), s.Select(e => e.Version)));
    }

    [Theory, MemberData(nameof(Drivers.Pairs), MemberType = typeof(Drivers))]
    public async Task Every_event_of_every_writer_reaches_the_log_once_and_in_the_order_of_its_stream(string first, string second)
    {
        await using var node = await LedgerNode.Create();
        // Another process than the writers, and it would look by itself only once in an hour: it has to be told.
        await node.StartSequencer(new LogBell(), poll: TimeSpan.FromHours(1));
        var stores = new[] { Open(first, on: node.Database.App), Open(second, on: node.Database.App) };

        async Task<int> Write(IEventStore store)
        {
            var (stream, shared, written) = (Given.Stream(), "thread-shared", 0);
            for (var n = 0; n < 10; n++)
            {
                // One stream of its own, and one that all fight for: losing groups burn numbers and leave holes.
                var group = new Append([new(stream, written / 3, [Given.Event()]), new(shared, (await store.Load(shared)).Count, Given.Events(2))], [], []);
                written += await store.Append(group) is AppendOutcome.Appended ? 3 : 0;
            }
            return written;
        }
        var written = (await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Write(stores[n % 2])))).Sum();

        Assert.InRange(written, 3, 240);
        await node.Published(written);
        Assert.Equal(written, await node.Database.Scalar<long>("select count(distinct event_id) from ledger.entries"));
        Assert.Equal(0, await node.Database.Scalar<long>("select count(*) from ledger.pending"));
        Assert.Equal(0, await node.Database.Scalar<long>("select count(*) from es.mt_events e where e.type <> 'tombstone' and not exists (select from ledger.entries n where n.event_id = e.id)"));
        Assert.Equal(0, await node.Database.Scalar<long>("""
            select count(*) from (select e.version, row_number() over (partition by e.stream_id order by n.position) as place
            from es.mt_events e join ledger.entries n on n.event_id = e.id) s where s.version <> s.place
            """));
        Assert.Empty(await node.Audit());
    }
}

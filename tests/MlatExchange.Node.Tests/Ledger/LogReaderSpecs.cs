using MlatExchange.Node.Ledger;
using MlatExchange.Node.Storage;
using MlatExchange.Node.Tests.Storage;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Node.Tests.Ledger;

public sealed class LogReaderSpecs
{
    [Fact]
    public async Task Whoever_waits_for_an_event_is_told_its_index_once_it_is_signed_for()
    {
        await using var node = await LedgerNode.Create();
        var waits = new LogWaits(node.Database.App, node.Reader, node.Bell);
        var early = Given.Event();
        var waiting = waits.Published(early.Id);
        await node.Store.Append(Append.To(Given.Stream(), 0, early));
        Assert.False(waiting.IsCompleted);

        await node.StartSequencer();

        Assert.Equal(0, await waiting.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(0, await waits.Published(early.Id).WaitAsync(TimeSpan.FromSeconds(20)));
        var indexes = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            var e = Given.Event();
            await node.Store.Append(Append.To(Given.Stream(), 0, e));
            var index = await waits.Published(e.Id).WaitAsync(TimeSpan.FromSeconds(20));
            Assert.True(await node.Reader.PublishedSize() > index);
            return index;
        }));
        Assert.Equal(Enumerable.Range(1, 50).Select(n => (long)n), indexes.Order());
        await waits.Position(51).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Giving_up_a_wait_leaves_other_waits_alone()
    {
        await using var node = await LedgerNode.Create();
        var waits = new LogWaits(node.Database.App, node.Reader, node.Bell);
        var e = Given.Event();
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var patient = waits.Published(e.Id);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits.Published(e.Id, impatient.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits.Position(1, new CancellationToken(canceled: true)));

        await node.Store.Append(Append.To(Given.Stream(), 0, e));
        await node.StartSequencer();

        Assert.Equal(0, await patient.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Tiles_and_leaves_are_served_as_far_as_the_log_is_published()
    {
        await using var node = await LedgerNode.WithSequencer();
        await node.Append(600);
        await node.Published(600);
        var hashes = new List<TreeHash>();
        foreach (var (bundle, width) in ((long, int)[])[(0, 256), (1, 256), (2, 88)])
        {
            var leaves = (await node.Reader.Leaves(bundle, width))!;
            hashes.AddRange(leaves.Select(l => Rfc6962.Leaf(l.Span)));
            var tile = (await node.Reader.Tile(new Tile(0, bundle), width))!.Value;
            Assert.Equal(TreeHash.Bytewise(hashes.TakeLast(width).ToArray()), tile.Span);
        }
        Assert.Equal(TreeFrontier.Empty.Extend(hashes.ToArray()).Frontier.Root(), (await node.Reader.Checkpoint())!.Root);
        Assert.Equal(64, (await node.Reader.Tile(new Tile(1, 0), 2))!.Value.Length);
        Assert.Equal(32 * 7, (await node.Reader.Tile(new Tile(0, 2), 7))!.Value.Length);
        Assert.Null(await node.Reader.Tile(new Tile(0, 2), 89));
        Assert.Null(await node.Reader.Tile(new Tile(0, 3), 1));
        Assert.Null(await node.Reader.Tile(new Tile(1, 0), 3));
        Assert.Null(await node.Reader.Leaves(2, 89));
    }

    [Fact]
    public async Task What_is_not_in_the_log_has_no_leaf_and_no_proof()
    {
        await using var node = await LedgerNode.Create();
        var e = Given.Event();
        await node.Store.Append(Append.To(Given.Stream(), 0, e));

        Assert.Null(await node.Reader.Leaf(e.Id));
        Assert.Null(await node.Reader.Prove(e.Id));
        Assert.Null(await node.Reader.Checkpoint());
        Assert.Empty(await node.Reader.Read(0, 10));
    }
}

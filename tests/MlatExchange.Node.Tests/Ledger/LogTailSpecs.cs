using MlatExchange.Node.Ledger;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Node.Tests.Ledger;

public sealed class LogTailSpecs
{
    [Fact]
    public async Task The_tail_says_what_the_log_says_and_nothing_once_the_process_leads_no_longer()
    {
        await using var node = await LedgerNode.Create();
        var first = await node.StartSequencer();
        await node.Append(300);
        await node.Published(300);
        await node.Stop(first);
        Assert.Null(node.Bell.Tail.After(300, 1));

        var second = await node.StartSequencer(); // over a log that is there: the edge is read from its tiles
        for (var n = 0; n < 8; n++)
            await node.Append(n + 1);
        await node.Published(336);
        var tail = node.Bell.Tail;
        await LedgerNode.Until(() => tail.After(300, 1000) is { Count: 36 }, "the tail has what was published");

        var entries = await node.Reader.Read(300, 1000);
        var near = tail.After(300, 1000)!;
        Assert.Equal(entries.Select(e => (e.Position, e.Index, e.Event.Id, e.Event.Stream, e.Event.Version, e.Event.Type, e.Event.At, Text(e.Event.Data), Text(e.Event.Headers))),
            near.Select(e => (e.Position, e.Index, e.Event.Id, e.Event.Stream, e.Event.Version, e.Event.Type, e.Event.At, Text(e.Event.Data), Text(e.Event.Headers))));
        Assert.Equal(entries.Skip(5).Take(3).Select(e => e.Position), tail.After(305, 3)!.Select(e => e.Position));
        Assert.Empty(tail.After(336, 10)!);
        Assert.Null(tail.After(299, 10)); // not all of them are here
        Assert.Null(tail.After(337, 10)); // the database knows more than this process has published

        var ids = entries.Select(e => e.Event.Id).ToArray();
        var proofs = tail.Prove(ids, 301)!;
        foreach (var id in ids)
        {
            var (read, proof) = ((await node.Reader.Prove(id, 301))!, proofs[id]);
            Assert.Equal((read.Leaf.Index, read.Checkpoint.Size, read.Checkpoint.Note), (proof.Leaf.Entry.Index, proof.Leaf.Head.Size, proof.Leaf.Note));
            Assert.Equal(read.Leaf.Bytes, proof.Leaf.Leaf);
            Assert.Equal(read.Inclusion, proof.Inclusion);
            Assert.Equal(read.Consistency, proof.Consistency);
            Assert.True(InclusionProof.Verify(proof.Leaf.Entry.Index, proof.Leaf.Head.Size, Rfc6962.Leaf(proof.Leaf.Leaf), proof.Inclusion, proof.Leaf.Head.Root));
        }

        Assert.Null(tail.Prove([.. ids, (await node.Reader.Read(0, 1))[0].Event.Id], 0)); // one that is older
        Assert.Null(tail.Prove(ids, 0)![ids[0]].Consistency);

        await node.Stop(second);
        Assert.Null(tail.After(336, 10));
        Assert.Null(tail.Prove(ids, 0));
    }

    [Fact]
    public async Task Events_that_the_log_took_in_and_nobody_signed_for_are_not_in_the_tail()
    {
        await using var node = await LedgerNode.WithSequencer();
        await node.Append(3);
        await node.Published(3);
        await node.Database.Run("create function ledger.no() returns trigger language plpgsql as 'begin raise exception ''no''; end'");
        await node.Database.Run("create trigger no before insert on ledger.checkpoints for each row execute function ledger.no()");
        await node.Append(2);
        await LedgerNode.Until(async () => await node.Reader.Position() == 5, "the batch is committed");

        await LedgerNode.Until(() => node.Bell.Tail.After(3, 10) is null, "the tail is forgotten"); // its sequencer begins anew, and fails at the same head
        await node.Database.Run("drop trigger no on ledger.checkpoints");
        await node.Published(5);
        await node.Append(1);
        await node.Published(6);
        await LedgerNode.Until(() => node.Bell.Tail.After(5, 10) is { Count: 1 }, "the tail begins behind the head that was signed late");
        Assert.Null(node.Bell.Tail.After(3, 10));
    }

    private static string Text(ReadOnlyMemory<byte> json) => System.Text.Encoding.UTF8.GetString(json.Span);
}

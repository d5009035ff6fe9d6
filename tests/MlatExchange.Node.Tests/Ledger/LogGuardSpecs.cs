using MlatExchange.Node.Ledger;

namespace MlatExchange.Node.Tests.Ledger;

public sealed class LogGuardSpecs
{
    private static async Task<(LedgerNode Node, Sequencer Stopped)> Logged(int count)
    {
        var node = await LedgerNode.Create();
        var sequencer = await node.StartSequencer();
        await node.Append(count);
        await node.Published(count);
        await node.Stop(sequencer);
        return (node, sequencer);
    }

    private static async Task<string> RestartIsRefused(LedgerNode node)
    {
        var before = await node.Database.Scalar<long>("select count(*) from ledger.checkpoints");
        await node.Append(1);
        var again = await node.StartSequencer();
        await LedgerNode.Until(() => again.State is SequencerState.Stopped, "stopped");
        Assert.Equal(before, await node.Database.Scalar<long>("select count(*) from ledger.checkpoints"));
        Assert.Equal(1, await node.Database.Scalar<long>("select count(*) from ledger.pending"));
        var readiness = await new LedgerReadiness(node.Database.App, again, TimeProvider.System).Check();
        Assert.Equal(((SequencerState.Stopped)again.State).Reason, readiness);
        return readiness!;
    }

    [Fact]
    public async Task A_database_put_back_to_an_earlier_state_stops_the_log()
    {
        var (node, _) = await Logged(40);
        await using var _1 = node;
        await node.Database.Run("delete from ledger.entries where position > 30; delete from ledger.checkpoints where size > 30");

        Assert.Contains("put back to an earlier state", await RestartIsRefused(node), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leaf_exchanged_under_a_signed_head_stops_the_log()
    {
        var (node, _) = await Logged(300);
        await using var _1 = node;
        await node.Database.Run("update ledger.entries set leaf_hash = sha256(leaf_hash) where position = 290");

        Assert.Contains("not the one that was signed", await RestartIsRefused(node), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tile_exchanged_under_a_signed_head_stops_the_log()
    {
        var (node, _) = await Logged(300);
        await using var _1 = node;
        await node.Database.Run("update ledger.tiles set hashes = set_byte(hashes, 7, 255 - get_byte(hashes, 7)) where level = 1 and number = 0");

        Assert.Contains("not the one that was signed", await RestartIsRefused(node), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tile_that_is_missing_stops_the_log()
    {
        var (node, _) = await Logged(300);
        await using var _1 = node;
        await node.Database.Run("delete from ledger.tiles where level = 1");

        Assert.Equal("The log lacks tile 1/0.", await RestartIsRefused(node));
    }

    [Fact]
    public async Task A_guard_of_another_log_stops_the_log()
    {
        var (node, _) = await Logged(5);
        await using var _1 = node;
        File.AppendAllText(node.GuardFile, $"node.xb.example/log/2026 9 {(await node.Reader.Checkpoint())!.Root}\n");

        Assert.Contains("not of this log", await RestartIsRefused(node), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guard_that_was_lost_stops_the_log()
    {
        var (node, _) = await Logged(5);
        await using var _1 = node;
        File.Delete(node.GuardFile);

        Assert.Contains("guard file is missing", await RestartIsRefused(node), StringComparison.Ordinal);
    }

    [Fact]
    public void The_guard_refuses_another_root_and_a_smaller_size_and_survives_a_torn_line()
    {
        var directory = Directory.CreateTempSubdirectory("mlat-guard-");
        try
        {
            var (one, two) = (Protocol.Transparency.Rfc6962.Leaf("1"u8), Protocol.Transparency.Rfc6962.Leaf("2"u8));
            using (var guard = new LogGuard(directory.FullName, "xa/log"))
            {
                Assert.Null(guard.Latest);
                guard.Note(5, one);
                guard.Note(5, one);
                Assert.Throws<InvalidOperationException>(() => guard.Note(5, two));
                Assert.Throws<InvalidOperationException>(() => guard.Note(4, one));
                guard.Note(6, two);
            }
            var file = directory.GetFiles().Single().FullName;
            Assert.Equal(2, File.ReadAllLines(file).Length);
            File.AppendAllText(file, "xa/log 7 AAA");
            using (var guard = new LogGuard(directory.FullName, "xa/log"))
            {
                Assert.Equal((6, two), (guard.Latest!.Size, guard.Latest.Root));
                guard.Note(7, one);
            }
            Assert.Equal(["5", "6", "7"], File.ReadAllLines(file).Select(l => l.Split(' ')[1]));
            File.AppendAllText(file, "xb/log 8 " + two + "\n");
            Assert.Throws<InvalidDataException>(() => new LogGuard(directory.FullName, "xa/log"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}

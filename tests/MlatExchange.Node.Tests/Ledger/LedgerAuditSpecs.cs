using MlatExchange.Node.Ledger;
using MlatExchange.Node.Tests.Storage;

namespace MlatExchange.Node.Tests.Ledger;

public sealed class LedgerAuditSpecs
{
    private static async Task<LedgerNode> Logged(int streams = 30, int each = 20)
    {
        var node = await LedgerNode.Create();
        var sequencer = await node.StartSequencer();
        for (var n = 0; n < streams; n++)
            await node.Append(each);
        await node.Published(streams * each);
        await node.Stop(sequencer);
        Assert.Empty(await node.Audit());
        return node;
    }

    [Theory]
    [InlineData("data = '{\"n\": 8}'")]
    [InlineData("headers = '{\"leaf\": {}}'")]
    [InlineData("type = 'test.notee.v1'")]
    [InlineData("timestamp = timestamp + interval '1 ms'")]
    [InlineData("version = 10007")]
    [InlineData("id = gen_random_uuid()")]
    public async Task One_byte_of_one_event_edited_by_a_superuser_is_named_by_stream_version_and_index(string edit)
    {
        await using var node = await Logged();
        var victim = (await node.Reader.Read(406, 1)).Single();
        Assert.Equal(1, await node.Database.Run($"update es.mt_events set {edit} where seq_id = {victim.Event.Sequence}"));

        var version = edit.StartsWith("version", StringComparison.Ordinal) ? 10007 : victim.Event.Version;
        var findings = await node.Audit();

        Assert.Contains(new AuditFinding(AuditFault.EventChanged, victim.Event.Stream, version, 406), findings);
        Assert.DoesNotContain(findings, f => f.Index is not (null or 406));
    }

    [Fact]
    public async Task A_deleted_event_is_named_by_its_index()
    {
        await using var node = await Logged();
        await node.Database.Run("delete from es.mt_events where seq_id = (select seq_id from ledger.entries where position = 100)");

        Assert.Equal([new AuditFinding(AuditFault.EventMissing, null, null, 99)], await node.Audit());
    }

    [Fact]
    public async Task An_event_kept_out_of_the_log_is_named_by_stream_and_version_and_fails_readiness()
    {
        await using var node = await Logged();
        var stream = Given.Stream();
        await node.Database.Run("alter table es.mt_events disable trigger every_event_enters_the_log; " + SequencerSpecs.InsertByHand(stream, 1, "test.hidden.v1"));

        Assert.Equal([new AuditFinding(AuditFault.EventNotLogged, stream, 1, null)], await node.Audit());
        var sequencer = await node.StartSequencer();
        Assert.Equal("1 events are neither in the log nor waiting for it.", await new LedgerReadiness(node.Database.App, sequencer, TimeProvider.System).Check());
    }

    [Fact]
    public async Task One_bit_of_a_leaf_is_named_by_its_index()
    {
        await using var node = await Logged();
        await node.Database.Run("update ledger.entries set leaf = set_bit(leaf, 90, 1 - get_bit(leaf, 90)) where position = 300");

        Assert.Contains(await node.Audit(), f => f.Kind == AuditFault.LeafChanged && f.Index == 299);
    }

    [Fact]
    public async Task A_leaf_changed_with_its_hash_contradicts_every_checkpoint_over_it()
    {
        await using var node = await Logged();
        await node.Database.Run("""update ledger.entries set leaf = leaf || ' ', leaf_hash = sha256('\x00' || leaf || ' ') where position = 600""");

        Assert.Contains(await node.Audit(), f => f is { Kind: AuditFault.CheckpointDiffers, Index: 600 });
    }

    [Fact]
    public async Task A_changed_tile_a_gap_and_a_forged_checkpoint_are_named()
    {
        await using var node = await Logged();
        await node.Database.Run("update ledger.tiles set hashes = set_byte(hashes, 9, 255 - get_byte(hashes, 9)) where level = 0 and number = 1");
        Assert.Equal([new AuditFinding(AuditFault.TileChanged, null, null, 256)], await node.Audit());

        await node.Database.Run("update ledger.checkpoints set note = replace(note, E'\\n600\\n', E'\\n601\\n') where size = 600");
        Assert.Contains(new AuditFinding(AuditFault.CheckpointDiffers, null, null, 600), await node.Audit());

        await node.Database.Run("delete from ledger.entries where position = 550");
        Assert.Contains(await node.Audit(), f => f is { Kind: AuditFault.Gap, Index: 549 });
    }

    [Fact]
    public async Task A_tail_that_was_cut_off_contradicts_guard_and_checkpoints()
    {
        await using var node = await Logged();
        using var guard = new LogGuard(node.GuardPath, node.Signer.Key.Origin);
        await node.Database.Run("delete from ledger.entries where position > 590");
        await node.Database.Run("delete from ledger.checkpoints where size > 590");

        Assert.Contains(new AuditFinding(AuditFault.GuardDiffers, null, null, 600), await node.Audit(guard.Latest));
    }
}

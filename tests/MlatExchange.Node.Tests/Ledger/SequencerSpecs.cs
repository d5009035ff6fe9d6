using System.Text.Json;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Storage;
using MlatExchange.Node.Tests.Storage;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Node.Tests.Ledger;

public sealed class SequencerSpecs
{
    [Fact]
    public async Task Every_event_gets_the_next_position_and_a_proof_that_anyone_can_check()
    {
        await using var node = await LedgerNode.WithSequencer();
        for (var n = 0; n < 30; n++)
            await node.Append(n % 7 + 20);
        var count = await node.Database.Scalar<long>("select count(*) from es.mt_events");
        await node.Published(count);

        var entries = await node.Reader.Read(0, 10_000);
        Assert.Equal(Enumerable.Range(1, (int)count).Select(n => (long)n), entries.Select(e => e.Position));
        Assert.Equal(entries.Select(e => e.Position - 1), entries.Select(e => e.Index));
        Assert.Equal(0, await node.Database.Scalar<long>("select count(*) from ledger.pending"));
        PublishedCheckpoint? older = null;
        foreach (var entry in entries.Where(e => e.Index % 13 == 0 || e.Index is 255 or 256 or 511 or 512))
        {
            var proof = (await node.Reader.Prove(entry.Event.Id, older?.Size ?? 0))!;
            var signed = Checkpoint.Verify(SignedNote.Parse(proof.Checkpoint.Note), node.Signer.Key)!;
            Assert.Equal((proof.Checkpoint.Size, proof.Checkpoint.Root), (signed.Size, signed.Root));
            Assert.Equal(entry.Index, proof.Leaf.Index);
            Assert.True(signed.Size > entry.Index);
            Assert.True(InclusionProof.Verify(entry.Index, signed.Size, Rfc6962.Leaf(proof.Leaf.Bytes), [.. proof.Inclusion], signed.Root));
            if (older is not null && older.Size < signed.Size)
                Assert.True(ConsistencyProof.Verify(older.Size, signed.Size, older.Root, [.. proof.Consistency], signed.Root));
            older = proof.Checkpoint;
        }
        var newest = (await node.Reader.Checkpoint())!;
        Assert.Equal(count, newest.Size);
        foreach (var index in (long[])[0, 1, 254, 255, 256, 257, 511, 512, count - 1])
            Assert.True(InclusionProof.Verify(index, count, Rfc6962.Leaf((await node.Reader.Leaf(entries[(int)index].Event.Id))!.Bytes), [.. await node.Reader.Inclusion(index, count)], newest.Root));
        Assert.Empty(await node.Audit());
    }

    [Fact]
    public async Task A_leaf_says_what_the_event_told_it_to_and_nothing_of_its_body()
    {
        await using var node = await LedgerNode.WithSequencer();
        var e = Given.Event("request.drafted.v1", """{"secretly":"n"}""",
            """{"leaf":{"op":"collection","clear":{"instrument":"EEV","articles":["EEV 4"]},"commit":{"case":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},"record":"{\"kind\":\"request\"}"}}""");
        await node.Store.Append(Append.To(Given.Stream(), 0, e, Given.Event()));
        await node.Published(2);

        var bytes = (await node.Reader.Leaf(e.Id))!.Bytes;
        using var leaf = JsonDocument.Parse(bytes);
        Assert.Equal(["articles", "commit", "eventDigest", "instrument", "jurisdiction", "kind", "nonce", "op", "record", "time", "v"], leaf.RootElement.EnumerateObject().Select(m => m.Name));
        Assert.Equal("request.drafted.v1", leaf.RootElement.GetProperty("kind").GetString());
        Assert.Equal("XA", leaf.RootElement.GetProperty("jurisdiction").GetString());
        Assert.Equal("collection", leaf.RootElement.GetProperty("op").GetString());
        Assert.Equal("""{"kind":"request"}""", leaf.RootElement.GetProperty("record").GetString());
        Assert.DoesNotContain("secretly", System.Text.Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transaction_that_holds_a_reserved_sequence_for_long_is_in_the_log_in_the_end_and_nobody_waited_for_it()
    {
        await using var node = await LedgerNode.WithSequencer();
        await using var late = await node.Database.Superuser.OpenConnectionAsync();
        await using var transaction = await late.BeginTransactionAsync();
        var stream = Given.Stream();
        await using (var insert = late.CreateCommand())
        {
            insert.CommandText = InsertByHand(stream, 1, "test.late.v1");
            await insert.ExecuteNonQueryAsync();
        }
        var others = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => node.Append(100)));
        await node.Published(others.Sum());
        Assert.Equal(0, await node.Database.Scalar<long>("select count(*) from ledger.entries n join es.mt_events e using (seq_id) where e.type = 'test.late.v1'"));

        await transaction.CommitAsync();

        await node.Published(others.Sum() + 1);
        var last = (await node.Reader.Read(others.Sum(), 10)).Single();
        Assert.Equal((stream, others.Sum() + 1), (last.Event.Stream, last.Position));
        Assert.True(last.Event.Sequence < (await node.Reader.Read(0, 1))[0].Event.Sequence);
        Assert.Empty(await node.Audit());
    }

    [Fact]
    public async Task An_event_inserted_by_hand_enters_the_log_whatever_it_looks_like_and_a_tombstone_does_not()
    {
        await using var node = await LedgerNode.WithSequencer();
        await node.Database.Run(InsertByHand(Given.Stream(), 1, "test.by-hand.v1"));
        await node.Database.Run(InsertByHand(Given.Stream(), 1, "test.odd.v1", """{"n": 123456789012345678901234567890, "deep": 1e400}"""));
        var deep = string.Concat(Enumerable.Repeat("[", 200)) + string.Concat(Enumerable.Repeat("]", 200));
        await node.Database.Run(InsertByHand(Given.Stream(), 1, "test.odd.v1", deep, deep));
        foreach (var leaf in (string[])["1", """{"op":1}""", """{"clear":{"kind":"forged"}}""", """{"clear":{"n":1e400}}""", """{"commit":{"a":"short"}}""", """{"clear":{"long":"LONG"}}"""])
            await node.Database.Run(InsertByHand(Given.Stream(), 1, "test.odd.v1", "{}", "{\"leaf\":" + leaf.Replace("LONG", new string('x', 70_000), StringComparison.Ordinal) + "}"));
        await node.Database.Run(InsertByHand("mt_tombstone", 1, "tombstone"));
        await node.Append(1);

        await node.Published(10);

        var entries = await node.Reader.Read(0, 100);
        Assert.Equal(10, entries.Count);
        Assert.DoesNotContain(entries, e => e.Event.Type == "tombstone");
        Assert.Equal("test.by-hand.v1", entries[0].Event.Type);
        foreach (var odd in entries.Skip(3).Take(6))
        {
            using var leaf = JsonDocument.Parse((await node.Reader.Leaf(odd.Event.Id))!.Bytes);
            Assert.Equal(("test.odd.v1", "refused"), (leaf.RootElement.GetProperty("kind").GetString(), leaf.RootElement.GetProperty("content").GetString()));
        }
        Assert.Empty(await node.Audit());
    }

    [Fact]
    public async Task Versions_of_a_stream_enter_the_log_ascending_even_where_their_sequence_numbers_do_not()
    {
        await using var node = await LedgerNode.Create();
        var stream = Given.Stream();
        await node.Database.Run(InsertByHand(stream, 3, "test.by-hand.v1"));
        await node.Database.Run(InsertByHand(stream, 1, "test.by-hand.v1"));
        await node.Append(1);
        await node.Database.Run(InsertByHand(stream, 2, "test.by-hand.v1"));

        await node.StartSequencer();
        await node.Published(4);

        Assert.Equal([1, 2, 3], (await node.Reader.Read(0, 10)).Where(e => e.Event.Stream == stream).Select(e => e.Event.Version));
    }

    [Fact]
    public async Task A_sequencer_that_starts_again_goes_on_in_the_same_tree()
    {
        await using var node = await LedgerNode.Create();
        PublishedCheckpoint? before = null;
        var total = 0L;
        foreach (var count in (int[])[1, 254, 1, 1, 300, 211, 512, 1, 65])
        {
            var sequencer = await node.StartSequencer(batchSize: 100);
            total += await node.Append(count);
            await node.Published(total);
            await node.Stop(sequencer);
            var now = (await node.Reader.Checkpoint())!;
            Assert.Equal(total, now.Size);
            if (before is not null)
                Assert.True(ConsistencyProof.Verify(before.Size, now.Size, before.Root, [.. await node.Reader.Consistency(before.Size, now.Size)], now.Root));
            before = now;
        }
        Assert.Empty(await node.Audit());
    }

    [Fact]
    public async Task A_head_that_a_crash_left_unsigned_is_signed_at_the_next_start()
    {
        await using var node = await LedgerNode.Create();
        var first = await node.StartSequencer();
        await node.Append(3);
        await node.Published(3);
        await node.Append(5);
        await node.Published(8);
        await node.Stop(first);
        // as if the process had died after the commit, in the middle of the guard's line
        var lines = File.ReadAllLines(node.GuardFile);
        File.WriteAllText(node.GuardFile, string.Concat(lines.TakeWhile(l => !l.Contains(" 8 ")).Select(l => l + "\n")) + "node.xa.exam");
        await node.Database.Run("delete from ledger.checkpoints where size > 3");

        await node.StartSequencer();

        await node.Published(8);
        Assert.Empty(await node.Audit());
        Assert.EndsWith($" 8 {(await node.Reader.Checkpoint())!.Root}\n", ReadGuard(node));
    }

    [Fact]
    public async Task Another_process_takes_over_and_goes_on_in_the_same_tree()
    {
        await using var node = await LedgerNode.Create();
        var first = await node.StartSequencer();
        await node.Append(10);
        await node.Published(10);
        var second = await node.StartSequencer(new LogBell());
        await LedgerNode.Until(() => second.State is SequencerState.Standby, "standby");

        await node.Stop(first);
        await node.Append(10);

        await node.Published(20);
        await LedgerNode.Until(() => second.State == new SequencerState.Leading(20), "leading");
        Assert.Empty(await node.Audit());
    }

    [Fact]
    public async Task Two_processes_wake_each_other_through_the_database()
    {
        await using var node = await LedgerNode.Create();
        var never = TimeSpan.FromHours(1);
        await node.StartSequencer(new LogBell(), poll: never); // the store's process does not lead, it only listens
        await node.Append(1);
        await node.Published(1);
        await node.StartSequencer(poll: never);
        await LedgerNode.Until(async () => await node.Database.Scalar<long>("select count(*) from pg_stat_activity where datname = current_database() and query like 'listen%'") == 2, "both listen");
        for (var n = 2; n < 7; n++)
        {
            var next = node.Bell.NextPublished;
            await node.Append(1);
            await next.WaitAsync(TimeSpan.FromSeconds(10));
            Assert.Equal(n, await node.Reader.PublishedSize());
        }
    }

    internal static string InsertByHand(string stream, long version, string type, string data = "{}", string headers = "null") => $"""
        insert into es.mt_streams (id, version) values ('{stream}', {version}) on conflict (id) do update set version = excluded.version;
        insert into es.mt_events (seq_id, id, stream_id, version, data, headers, type, timestamp)
        values (nextval('es.mt_events_sequence'), gen_random_uuid(), '{stream}', {version}, '{data}', '{headers}', '{type}', now())
        """;

    private static string ReadGuard(LedgerNode node)
    {
        using var file = new StreamReader(new FileStream(node.GuardFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return file.ReadToEnd();
    }
}

using System.Collections.Concurrent;
using System.Text;
using MlatExchange.Domain.Threads;
using MlatExchange.Node.Exchange;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Node.Tests.Exchange;

public sealed class OrderAndCrash
{
    [Fact]
    public async Task A_message_that_overtakes_waits_until_the_gap_closes()
    {
        await using var nodes = await TwoNodes.Start();
        var late = new ConcurrentQueue<byte[]>();
        nodes.ToXb.Passing = bytes =>
        {
            if (!late.IsEmpty) return [bytes];
            late.Enqueue(bytes);
            return [];
        };
        nodes.ToXa.Passing = _ => []; // what the other side asks for does not get through
        var first = await nodes.Say();
        var second = await nodes.Xa.Say(first.Thread, TwoNodes.Word(), "XB");
        await Eventually.True(() => nodes.ToXb.Seen.Count == 2, "both leave");
        await Eventually.True(async () => (await nodes.Xb.History(first.Thread.Id)).Held.ContainsKey(2), "the second is held");
        await Eventually.True(() => nodes.ToXa.Seen.Count == 1, "it is asked for");
        nodes.ToXa.Passing = bytes => [bytes];
        Assert.Equal(1L, await nodes.Xb.Database.Scalar<long>("select count(*) from exchange.inbox_raw")); // and still there

        await nodes.ToXb.Inject(late.First());
        await nodes.Receipted(first);
        await nodes.Receipted(second);
        await nodes.Quiet();
        Assert.Equal([1L, 2L], (await nodes.Xb.Events(first.Thread.Id)).OfType<ThreadEvent.MessageAccepted>().Where(m => m.Kind == "acknowledgement").Select(m => m.Seq));
    }

    [Fact]
    public async Task Messages_that_cross_are_both_accepted_and_both_sides_come_to_one_transcript()
    {
        await using var nodes = await TwoNodes.Start();
        var first = await nodes.Say();
        await nodes.Receipted(first);
        await nodes.Quiet();
        var (fromXa, fromXb) = (nodes.ToXb.Seen.Count, nodes.ToXa.Seen.Count);
        nodes.ToXb.Passing = nodes.ToXa.Passing = _ => [];
        var here = await nodes.Xa.Say(first.Thread, TwoNodes.Word(), "XB");
        var there = await nodes.Xb.Say(first.Thread, TwoNodes.Word(), "XA");
        await Eventually.True(() => nodes.ToXb.Seen.Count > fromXa && nodes.ToXa.Seen.Count > fromXb, "both are on their way before either arrives");
        nodes.ToXb.Passing = nodes.ToXa.Passing = bytes => [bytes];
        await nodes.ToXb.Inject(nodes.ToXb.Seen.Last());
        await nodes.ToXa.Inject(nodes.ToXa.Seen.Last());

        await nodes.Receipted(here);
        await Eventually.True(
            async () => (await nodes.Xb.Events(first.Thread.Id)).OfType<ThreadEvent.MessageAccepted>().Any(e => e.Receipt is { Receipt: "delivery" } proof && proof.Of == there.Digest.ToString()),
            "the other receipt returns");
        await nodes.Quiet();
        var (a, b) = (await nodes.Xa.History(first.Thread.Id), await nodes.Xb.History(first.Thread.Id));
        Assert.Equal((a.Own, a.Other), (b.Other, b.Own));
        foreach (var node in new[] { nodes.Xa, nodes.Xb })
            Assert.DoesNotContain(await node.Events(first.Thread.Id), e => e is ThreadEvent.MessageHeld or ThreadEvent.MessageRefused);
    }

    [Fact]
    public async Task Whatever_the_order_in_which_four_messages_arrive_they_end_the_same()
    {
        await using var nodes = await TwoNodes.Start();
        nodes.ToXb.Passing = _ => [];
        var orders = Orders([0, 1, 2, 3]).ToArray();
        var threads = new List<SignedMessage[]>();
        foreach (var _ in orders)
        {
            var said = new List<SignedMessage> { await nodes.Say() };
            for (var i = 1; i < 4; i++) said.Add(await nodes.Xa.Say(said[0].Thread, TwoNodes.Word(), "XB"));
            threads.Add([.. said]);
        }
        await Eventually.True(() => nodes.ToXb.Seen.Count == 4 * orders.Length, "all leave, in the order of the log");
        var frames = nodes.ToXb.Seen.ToArray();
        nodes.ToXb.Passing = bytes => [bytes];
        for (var thread = 0; thread < orders.Length; thread++)
            foreach (var at in orders[thread]) await nodes.ToXb.Inject(frames[(4 * thread) + at]);

        foreach (var message in threads.SelectMany(thread => thread)) await nodes.Receipted(message);
        await nodes.Quiet();
        foreach (var thread in threads)
        {
            var id = thread[0].Thread.Id;
            Assert.Equal([1L, 2L, 3L, 4L], (await nodes.Xb.Events(id)).OfType<ThreadEvent.MessageAccepted>().Where(m => m.Kind == "acknowledgement").Select(m => m.Seq));
            var (a, b) = (await nodes.Xa.History(id), await nodes.Xb.History(id));
            Assert.Equal((a.Own, a.Other), (b.Other, b.Own));
        }
    }

    private static IEnumerable<int[]> Orders(int[] items) => items.Length == 1
        ? [items]
        : items.SelectMany(first => Orders([.. items.Where(item => item != first)]).Select(rest => (int[])[first, .. rest]));

    [Fact]
    public async Task What_is_missing_is_asked_for_and_sent_again()
    {
        await using var nodes = await TwoNodes.Start();
        var lost = 0;
        nodes.ToXb.Passing = bytes => Interlocked.Increment(ref lost) == 1 ? [] : [bytes];
        var first = await nodes.Say();
        var second = await nodes.Xa.Say(first.Thread, TwoNodes.Word(), "XB");
        await nodes.Receipted(first);
        await nodes.Receipted(second);
        Assert.Contains(await nodes.Xa.Events(first.Thread.Id), e => e is ThreadEvent.MessageAccepted { Kind: "resend-request" });
        await nodes.Quiet();
    }

    [Fact]
    public async Task The_last_message_of_a_thread_leaves_no_gap_and_is_sent_again_until_a_receipt_comes()
    {
        await using var nodes = await TwoNodes.Start();
        await Impatient(nodes.Xa);
        int toXb = 0, toXa = 0;
        nodes.ToXb.Passing = bytes => Interlocked.Increment(ref toXb) == 1 ? [] : [bytes]; // the message is lost
        nodes.ToXa.Passing = bytes => Interlocked.Increment(ref toXa) == 1 ? [] : [bytes]; // and so is its first receipt
        var said = await nodes.Say();
        await nodes.Receipted(said);
        await nodes.Quiet();
        Assert.Single((await nodes.Xb.Events(said.Thread.Id)).OfType<ThreadEvent.MessageAccepted>());
        Assert.Single((await nodes.Xb.Events(said.Thread.Id)).OfType<ThreadEvent.MessageSigned>());
        await Eventually.True(async () => await Unanswered(nodes.Xa) == 0, "nothing waits for a receipt any more");
    }

    [Fact]
    public async Task What_waits_for_a_receipt_is_known_after_a_restart()
    {
        await using var nodes = await TwoNodes.Start();
        await Impatient(nodes.Xa);
        nodes.ToXb.Passing = _ => [];
        var said = await nodes.Say();
        await Eventually.True(async () => await Unanswered(nodes.Xa) == 1, "it is written down");
        await nodes.Xa.Stop();
        nodes.ToXb.Passing = bytes => [bytes];
        await nodes.Xa.Start();
        await nodes.Receipted(said);
        await Eventually.True(async () => await Unanswered(nodes.Xa) == 0, "the receipt ends the waiting");
    }

    [Fact]
    public async Task What_arrives_too_late_is_said_again_as_a_new_message_and_accepted()
    {
        await using var nodes = await TwoNodes.Start();
        nodes.Trust.Change("XA", list => list with { Node = list.Node with { Keys = [.. list.Node.Keys.Select(key => key with { From = key.From.AddDays(-20), Until = DateTimeOffset.UtcNow.AddDays(5) })] } });
        nodes.Xa.SigningClock.By = -(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        var late = await nodes.Say();
        nodes.Xa.SigningClock.By = TimeSpan.Zero;
        await nodes.Receipted(late, "stale");
        await Eventually.True(async () => (await nodes.Xa.History(late.Thread.Id)).Sent.ContainsKey(2), "it is said again");
        var again = (await nodes.Xa.Events(late.Thread.Id)).OfType<ThreadEvent.MessageSigned>().Single(message => message.Seq == 2);
        Assert.Equal("acknowledgement", again.Kind);
        await Eventually.True(
            async () => (await nodes.Xb.Events(late.Thread.Id)).OfType<ThreadEvent.MessageAccepted>().Any(message => message.Digest == again.Digest), "and accepted");
        Assert.Contains(late.Digest.ToString(), await Payload(nodes.Xa, again.Digest, late.Thread.Id));
    }

    /// <summary>The payload of a message that the node signed, as text.</summary>
    private static async Task<string> Payload(ExchangeNode node, string digest, string thread)
    {
        var sent = (await node.History(thread)).Sent.Values.Single(message => message.Digest == digest);
        var stored = StoredMessage.Read((await node.Vault.Open(StoredMessage.Reference(sent.EventId)))!);
        return Encoding.UTF8.GetString(CompactJws.TryRead(stored.Message, out var jws, out _) ? jws.Payload.Span : throw new InvalidOperationException("It cannot be read."));
    }

    private static async Task Impatient(ExchangeNode node)
    {
        await node.Stop();
        node.Patience = TimeSpan.FromSeconds(1);
        await node.Start();
    }

    private static Task<long> Unanswered(ExchangeNode node) => node.Database.Scalar<long>("select count(*) from exchange.unanswered");

    [Fact]
    public async Task A_held_message_survives_a_restart()
    {
        await using var nodes = await TwoNodes.Start();
        var late = new ConcurrentQueue<byte[]>();
        nodes.ToXb.Passing = bytes =>
        {
            if (!late.IsEmpty) return [bytes];
            late.Enqueue(bytes);
            return [];
        };
        nodes.ToXa.Passing = _ => []; // the resend request does not get through
        var first = await nodes.Say();
        await nodes.Xa.Say(first.Thread, TwoNodes.Word(), "XB");
        await Eventually.True(async () => await nodes.Xb.Database.Scalar<long>("select count(*) from exchange.inbox_raw") == 1, "the second is stored");
        await nodes.Xb.Stop();
        await nodes.Xb.Start();
        await nodes.ToXb.Inject(late.First());
        await Eventually.True(async () => (await nodes.Xb.History(first.Thread.Id)).Received.Count == 2, "both are accepted", 40);
    }

    [Fact]
    public async Task A_crash_between_append_and_publish_sends_once()
    {
        await using var nodes = await TwoNodes.Start();
        await nodes.Xa.Stop();
        await nodes.Xa.Start(outgoing: false); // appended, logged, and the process is gone before the outbox saw it
        var said = await nodes.Say();
        await Eventually.True(async () => await nodes.Xa.Reader.Leaf(said.EventId) is not null, "it is in the log");
        Assert.Empty(nodes.ToXb.Seen);
        await nodes.Xa.Stop();
        await nodes.Xa.Start();
        await nodes.Receipted(said);
        Assert.Single((await nodes.Xb.Events(said.Thread.Id)).OfType<ThreadEvent.MessageAccepted>());
        Assert.Single(nodes.ToXb.Seen);
    }

    [Fact]
    public async Task A_crash_after_publish_sends_a_repeat_that_changes_nothing()
    {
        await using var nodes = await TwoNodes.Start();
        var said = await nodes.Say();
        await nodes.Receipted(said);
        await nodes.Xa.Stop();
        await nodes.Xa.Database.Run("delete from exchange.outbox_cursor"); // as if the cursor had not been written
        await nodes.Xa.Start();
        await Eventually.True(() => nodes.ToXb.Seen.Count >= 2, "it is sent again");
        await nodes.Quiet();
        Assert.Single((await nodes.Xb.Events(said.Thread.Id)).OfType<ThreadEvent.MessageAccepted>());
        Assert.Single((await nodes.Xb.Events(said.Thread.Id)).OfType<ThreadEvent.MessageSigned>());
    }

    [Fact]
    public async Task What_was_stored_and_not_judged_before_a_crash_is_judged_afterwards()
    {
        await using var nodes = await TwoNodes.Start();
        nodes.ToXb.Passing = _ => [];
        var said = await nodes.Say();
        await Eventually.True(() => nodes.ToXb.Seen.Count == 1, "it leaves");
        await nodes.Xb.Stop();
        var bytes = nodes.ToXb.Seen.First();
        await nodes.Xb.Database.Run(
            "insert into exchange.inbox_raw (digest, counterpart, body, received_at) values ($1, 'XA', $2, now() - interval '20 seconds')",
            System.Security.Cryptography.SHA256.HashData(bytes), bytes);
        await nodes.Xb.Start();
        await nodes.Receipted(said);
    }

    [Fact]
    public async Task A_broker_that_was_away_gets_everything_in_order_once()
    {
        await using var nodes = await TwoNodes.Start();
        await nodes.Xa.Broker.CloseConnections(); // the broker drops the node
        var first = await nodes.Say();
        var said = new List<SignedMessage> { first };
        for (var i = 0; i < 20; i++) said.Add(await nodes.Xa.Say(first.Thread, TwoNodes.Word(), "XB"));
        foreach (var message in said) await nodes.Receipted(message);
        Assert.Equal(
            Enumerable.Range(1, 21).Select(seq => (long)seq),
            (await nodes.Xb.Events(first.Thread.Id)).OfType<ThreadEvent.MessageAccepted>().Where(m => m.Kind != "receipt").Select(m => m.Seq));
    }

    [Fact]
    public async Task Many_threads_at_once_lose_nothing_and_do_nothing_twice()
    {
        await using var nodes = await TwoNodes.Start();
        var random = new Random(7);
        nodes.ToXb.Passing = bytes => Enumerable.Repeat(bytes, random.Next(4) == 0 ? 2 : 1);
        var said = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => nodes.Say()));
        await Eventually.True(
            async () => await nodes.Xa.Database.Scalar<long>("select count(*) from es.mt_events where type = 'thread.message-accepted.v1'") == said.Length, "all receipts return", 60);
        Assert.Equal((long)said.Length, await nodes.Xb.Database.Scalar<long>("select count(*) from es.mt_events where type = 'thread.message-accepted.v1'"));
        Assert.Equal((long)said.Length, await nodes.Xb.Database.Scalar<long>("select count(*) from es.mt_events where type = 'thread.message-signed.v1'"));
        foreach (var message in said)
        {
            var (a, b) = (await nodes.Xa.History(message.Thread.Id), await nodes.Xb.History(message.Thread.Id));
            Assert.Equal((a.Own, a.Other), (b.Other, b.Own));
        }
    }
}

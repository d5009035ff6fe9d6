using System.Collections.Concurrent;
using System.Text;
using MlatExchange.Node.Hosting;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace MlatExchange.Node.Tests.Exchange;

public sealed class BusDelivery
{
    [Fact]
    public async Task A_delivery_that_is_never_taken_ends_in_the_error_queue_and_later_ones_flow()
    {
        await using var broker = await Broker.Open();
        var taken = new ConcurrentQueue<string>();
        await using var bus = Bus.RabbitMq(await broker.NodeUser(), ["xb"], (_, bytes, _) =>
        {
            var text = Encoding.ASCII.GetString(bytes);
            if (text == "poison") throw new InvalidOperationException("this one breaks the taker");
            taken.Enqueue(text);
            return Task.CompletedTask;
        });
        await bus.Start(CancellationToken.None);
        await using var foreign = await Broker.Connect(broker.Admin);
        await using var channel = await foreign.CreateChannelAsync();
        foreach (var body in new[] { "first", "poison", "second" })
            await channel.BasicPublishAsync("mlat.incoming.xb", "", false, new BasicProperties { Persistent = true }, Encoding.ASCII.GetBytes(body));

        await Eventually.True(() => taken.Count == 2, "the others are taken");
        await Eventually.True(async () => await channel.MessageCountAsync("mlat.incoming.xb_error") == 1, "the poison is set aside");
        Assert.Equal(0u, await channel.MessageCountAsync("mlat.incoming.xb"));
    }

    [Fact]
    public async Task A_delivery_in_hand_when_the_node_stops_goes_back_to_its_queue()
    {
        await using var broker = await Broker.Open();
        var inHand = new TaskCompletionSource();
        var node = await broker.NodeUser();
        await using (var bus = Bus.RabbitMq(node, ["xb"], async (_, _, stopping) => { inHand.TrySetResult(); await Task.Delay(Timeout.Infinite, stopping); }))
        {
            await bus.Start(CancellationToken.None);
            await using var foreign = await Broker.Connect(broker.Admin);
            await using var channel = await foreign.CreateChannelAsync();
            await channel.BasicPublishAsync("mlat.incoming.xb", "", false, new BasicProperties { Persistent = true }, "once"u8.ToArray());
            await inHand.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }

        var taken = new TaskCompletionSource<byte[]>();
        await using var again = Bus.RabbitMq(node, ["xb"], (_, bytes, _) => { taken.TrySetResult(bytes); return Task.CompletedTask; });
        await again.Start(CancellationToken.None);
        Assert.Equal("once"u8.ToArray(), await taken.Task.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_links_user_reads_its_one_queue_and_can_bind_purge_or_read_nothing_else()
    {
        await using var broker = await Broker.Open();
        await using var bus = Bus.RabbitMq(await broker.NodeUser(), ["xb", "xc"], (_, _, _) => Task.CompletedTask);
        await bus.Start(CancellationToken.None);
        await bus.Publish("xb", "to xb"u8.ToArray(), Guid.NewGuid(), CancellationToken.None);
        await bus.Publish("xc", "to xc"u8.ToArray(), Guid.NewGuid(), CancellationToken.None);

        await using var link = await Broker.Connect(await broker.User("^$", "^$", @"^mlat\.outgoing\.xb$"));
        await Refused(link, channel => channel.BasicGetAsync("mlat.outgoing.xc", true));
        await Refused(link, channel => channel.BasicGetAsync("mlat.incoming.xb", true));
        await Refused(link, channel => channel.QueuePurgeAsync("mlat.outgoing.xc"));
        await Refused(link, channel => channel.QueueBindAsync("mlat.outgoing.xb", Bus.Relay, "#"));
        await Refused(link, channel => channel.QueueBindAsync("mlat.outgoing.xb", Bus.Relay, "mlat.outgoing.xc"));
        await Refused(link, channel => channel.QueueDeclareAsync("mine", false, true, true));
        await Refused(link, channel => channel.QueueDeleteAsync("mlat.outgoing.xb"));
        await Refused(link, async channel => await channel.BasicPublishAsync("mlat.incoming.xb", "", "x"u8.ToArray()), afterwards: true);

        await using var reader = await link.CreateChannelAsync();
        Assert.Equal("to xb"u8.ToArray(), (await reader.BasicGetAsync("mlat.outgoing.xb", true))!.Body.ToArray());
    }

    [Fact]
    public async Task The_nodes_user_cannot_read_what_waits_to_leave()
    {
        await using var broker = await Broker.Open();
        var node = await broker.NodeUser();
        await using var bus = Bus.RabbitMq(node, ["xb"], (_, _, _) => Task.CompletedTask);
        await bus.Start(CancellationToken.None);
        await using var connection = await Broker.Connect(node);
        await Refused(connection, channel => channel.BasicGetAsync("mlat.outgoing.xb", true));
    }

    [Fact]
    public async Task Two_nodes_in_one_process_exchange_in_memory_for_the_embedded_demo()
    {
        await using var broker = new InMemoryBroker();
        var taken = new ConcurrentQueue<(string At, string From, string Body)>();
        await using var xa = broker.For("xa", ["xb"], (from, bytes, _) => { taken.Enqueue(("xa", from, Encoding.ASCII.GetString(bytes))); return Task.CompletedTask; });
        await using var xb = broker.For("xb", ["xa"], (from, bytes, _) => { taken.Enqueue(("xb", from, Encoding.ASCII.GetString(bytes))); return Task.CompletedTask; });
        await xa.Start(CancellationToken.None);
        await xb.Start(CancellationToken.None);
        await xa.Publish("xb", "hello"u8.ToArray(), Guid.NewGuid(), CancellationToken.None);
        await xb.Publish("xa", "answer"u8.ToArray(), Guid.NewGuid(), CancellationToken.None);
        await Eventually.True(() => taken.Count == 2, "both arrive");
        Assert.Contains(("xb", "xa", "hello"), taken);
        Assert.Contains(("xa", "xb", "answer"), taken);
    }

    private static async Task Refused(IConnection connection, Func<IChannel, Task> attempt, bool afterwards = false)
    {
        await using var channel = await connection.CreateChannelAsync();
        if (!afterwards)
        {
            var refusal = await Assert.ThrowsAsync<OperationInterruptedException>(() => attempt(channel));
            Assert.Equal(403, refusal.ShutdownReason!.ReplyCode);
            return;
        }

        await attempt(channel);
        await Eventually.True(() => channel.IsClosed, "the broker closes the channel");
        Assert.Equal(403, channel.CloseReason!.ReplyCode);
    }
}

using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace MlatExchange.Node.Tests.Exchange;

/// <summary>
/// The link from one node's broker to another's, as a shovel is, but in hostile hands: what it does with each message is up to the test. It sees and keeps
/// every sealed message that passes.
/// </summary>
public sealed class HostileLink : IAsyncDisposable
{
    private readonly IConnection _from;
    private readonly IConnection _to;
    private readonly IChannel _publish;
    private readonly string _exchange;
    private readonly SemaphoreSlim _one = new(1, 1);

    private HostileLink(IConnection from, IConnection to, IChannel publish, string exchange) => (_from, _to, _publish, _exchange) = (from, to, publish, exchange);

    /// <summary>Everything that came from the sender, in order.</summary>
    public ConcurrentQueue<byte[]> Seen { get; } = new();

    /// <summary>What to do with each message: the bytes to pass on, any number of times.</summary>
    public Func<byte[], IEnumerable<byte[]>> Passing { get; set; } = bytes => [bytes];

    public static async Task<HostileLink> Between(ExchangeNode sender, ExchangeNode receiver)
    {
        var (outgoing, incoming) = (Hosting.Bus.Outgoing(receiver.Code), Hosting.Bus.Incoming(sender.Code));
        var reader = await sender.Broker.User("^$", "^$", "^" + outgoing.Replace(".", "\\.", StringComparison.Ordinal) + "$");
        var writer = await receiver.Broker.User("^$", "^" + incoming.Replace(".", "\\.", StringComparison.Ordinal) + "$", "^$");
        var (from, to) = (await Broker.Connect(reader), await Broker.Connect(writer));
        var link = new HostileLink(from, to, await to.CreateChannelAsync(new CreateChannelOptions(true, true)), incoming);
        var channel = await from.CreateChannelAsync();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            var bytes = delivery.Body.ToArray();
            link.Seen.Enqueue(bytes);
            foreach (var passed in link.Passing(bytes)) await link.Inject(passed);
            if (channel.IsOpen) await channel.BasicAckAsync(delivery.DeliveryTag, false);
        };
        await channel.BasicConsumeAsync(outgoing, false, consumer);
        return link;
    }

    /// <summary>Puts bytes into the receiver's queue.</summary>
    public async Task Inject(byte[] bytes)
    {
        await _one.WaitAsync();
        try
        {
            await Eventually.True(
                async () =>
                {
                    try
                    {
                        await _publish.BasicPublishAsync(_exchange, "", true, new BasicProperties { Persistent = true, ContentType = "application/jose" }, bytes);
                        return true;
                    }
                    catch (RabbitMQClientException)
                    {
                        return false; // the connection was cut and comes back by itself
                    }
                },
                "the link delivers");
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _from.DisposeAsync();
        await _to.DisposeAsync();
        _one.Dispose();
    }
}

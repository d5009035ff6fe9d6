using MassTransit;
using MassTransit.RabbitMqTransport;
using MlatExchange.Node.Exchange;
using RabbitMQ.Client;

namespace MlatExchange.Node.Hosting;

/// <summary>
/// Wires the exchange to RabbitMQ. Names: a counterpart's messages come in on <c>mlat.incoming.{code}</c> and leave through
/// <c>mlat.outgoing.{code}</c>; links (shovels) carry from the one to the other side's other one. The node's user needs configure and write on
/// <c>^mlat\.(outgoing|incoming)\.</c> and read on <c>^mlat\.incoming\.</c>, nothing else.
/// The bus is made by the library's factory and not by its service registration, because the registration of 8.4.0 also sends usage reports
/// to the library's vendor.
/// </summary>
public static class Bus
{
    /// <summary>Times the broker hands out one delivery before it goes to the error queue.</summary>
    public const int DeliveryLimit = 20;

    /// <summary>Dead letters end with the key that could open them: 30 days of use and 7 of overlap.</summary>
    public static readonly TimeSpan DeadLetterAge = TimeSpan.FromDays(37);

    /// <summary>
    /// The exchange we publish to, routing key = the recipient's queue. It carries the incoming prefix because binding a queue needs read
    /// permission on the exchange, and the node may read under that prefix alone; outgoing queues stay unreadable to it.
    /// </summary>
    public const string Relay = "mlat.incoming.relay";

    private static readonly Dictionary<string, object?> Quorum = new() { ["x-queue-type"] = "quorum" };

    public static string Incoming(string counterpart) => $"mlat.incoming.{Code(counterpart)}";

    public static string Outgoing(string counterpart) => $"mlat.outgoing.{Code(counterpart)}";

    /// <summary>A bus on RabbitMQ. <paramref name="uri"/> is <c>amqp[s]://user:password@host:port/vhost</c>.</summary>
    public static ExchangeBus RabbitMq(Uri uri, IReadOnlyList<string> counterparts, TakeDelivery take, int inFlight = 128)
    {
        var stopping = new CancellationTokenSource();
        var control = MassTransit.Bus.Factory.CreateUsingRabbitMq(bus =>
        {
            bus.Host(uri, host => host.PublisherConfirmation = true);
            bus.ClearSerialization();
            bus.AddSerializer(SealedSerializer.Instance);
            bus.AddDeserializer(SealedSerializer.Instance, isDefault: true);
            bus.AutoStart = false;
            foreach (var counterpart in counterparts) bus.ReceiveEndpoint(Incoming(counterpart), endpoint =>
            {
                endpoint.SetQuorumQueue();
                endpoint.SetQueueArgument("x-delivery-limit", DeliveryLimit);
                endpoint.BindDeadLetterQueue(Incoming(counterpart) + "_error", Incoming(counterpart) + "_error", dead =>
                {
                    dead.SetQuorumQueue();
                    dead.SetQueueArgument("x-message-ttl", (long)DeadLetterAge.TotalMilliseconds); // a TimeSpan would be cut to 31 bits
                });
                endpoint.ConfigureChannel(channel => channel.UseExecuteAsync(context => DeclareOutgoing(context, counterpart)));
                Read(endpoint, counterpart, take, inFlight, stopping.Token);
            });
        });
        return new ExchangeBus(control, Start, stopping, counterpart => new(new($"exchange:{Relay}?type=direct"), Outgoing(counterpart)), inFlight);

        async Task<StopReading> Start(CancellationToken cancellation)
        {
            await control.StartAsync(cancellation);
            return control.StopAsync;
        }
    }

    /// <summary>What every transport's receive endpoint has in common: one delivery, one call, and a failure gives the delivery back.</summary>
    internal static void Read(IReceiveEndpointConfigurator endpoint, string counterpart, TakeDelivery take, int inFlight, CancellationToken stopping)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PublishFaults = false;
        endpoint.PrefetchCount = inFlight;
        endpoint.RethrowFaultedMessages();
        endpoint.Handler<SealedMessage>(context => take(counterpart, context.Message.Bytes, stopping));
    }

    private static async Task DeclareOutgoing(ChannelContext channel, string counterpart)
    {
        var queue = Outgoing(counterpart);
        await channel.Channel.ExchangeDeclareAsync(Relay, ExchangeType.Direct, durable: true, autoDelete: false);
        await channel.Channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, Quorum);
        await channel.Channel.QueueBindAsync(queue, Relay, queue);
    }

    private static string Code(string counterpart) => counterpart.ToLowerInvariant();
}

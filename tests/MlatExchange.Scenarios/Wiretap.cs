using System.Collections.Concurrent;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace MlatExchange.Scenarios;

/// <summary>Copies of everything that goes over a virtual host: what the node hands to the broker, and what the link hands to the node, with all their properties.</summary>
public sealed class Wiretap : IAsyncDisposable
{
    private readonly IConnection connection;
    private readonly IChannel channel;

    private Wiretap(IConnection connection, IChannel channel) => (this.connection, this.channel) = (connection, channel);

    /// <summary>Each message: exchange, routing key, every property and header, then the body.</summary>
    public ConcurrentQueue<byte[]> Frames { get; } = new();

    /// <param name="vhost">Administrator's address of the virtual host.</param>
    /// <param name="counterpart">Code of the other side.</param>
    public static async Task<Wiretap> On(Uri vhost, string counterpart)
    {
        var connection = await new ConnectionFactory { Uri = vhost }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        var tap = new Wiretap(connection, channel);
        var queue = (await channel.QueueDeclareAsync("tap", durable: false, exclusive: true, autoDelete: true, new Dictionary<string, object?> { ["x-queue-type"] = "classic" })).QueueName;
        await channel.QueueBindAsync(queue, "mlat.incoming.relay", $"mlat.outgoing.{counterpart}");
        await channel.QueueBindAsync(queue, $"mlat.incoming.{counterpart}", "");
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, frame) =>
        {
            tap.Frames.Enqueue([.. Encoding.UTF8.GetBytes(Text(frame)), .. frame.Body.Span]);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        return tap;
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }

    private static string Text(BasicDeliverEventArgs frame)
    {
        var properties = frame.BasicProperties;
        var headers = (properties.Headers ?? new Dictionary<string, object?>()).Select(header => $"{header.Key}={(header.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : header.Value)}");
        return $"{frame.Exchange} {frame.RoutingKey} {properties.ContentType} {properties.ContentEncoding} {properties.MessageId} {properties.CorrelationId} {properties.ReplyTo} {properties.Type} "
            + $"{properties.AppId} {properties.UserId} {properties.ClusterId} {properties.Expiration} {string.Join(' ', headers)} ";
    }
}

using MassTransit;

namespace MlatExchange.Node.Exchange;

/// <summary>
/// What the exchange needs of a bus: publish a sealed message to a counterpart, and (through <see cref="TakeDelivery"/>) take what came.
/// Trusted with nothing: whoever holds the broker can delay, drop, copy or forge frames, and no more than that.
/// </summary>
public sealed class ExchangeBus(
    IBusControl bus, Func<CancellationToken, Task<StopReading>> start, CancellationTokenSource stopping, Func<string, BusRoute> route, int window) : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim _window = new(window, window);
    private StopReading? _stop;

    /// <summary>Connects and declares the topology; returns when the queues are being read.</summary>
    public async Task Start(CancellationToken cancellation)
    {
        bus.ConnectSendObserver(BareFrames.Instance);
        _stop = await start(cancellation);
    }

    /// <summary>Stops reading. Deliveries in hand get a moment to be stored; the rest goes back to the broker.</summary>
    public async Task Stop(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _stop, null) is not { } stop) return;
        var stopped = stop(cancellation);
        stopping.CancelAfter(Grace);
        await stopped;
        await stopping.CancelAsync();
    }

    /// <summary>
    /// Publishes to the counterpart (a jurisdiction code) and returns once the broker has confirmed that the message is on disk in a queue.
    /// Throws when the broker refuses, returns it as unroutable, or does not confirm before <paramref name="cancellation"/>.
    /// </summary>
    /// <param name="messageId">Random, remembered by the caller per message, so that a repeat shows nothing that the first did not.</param>
    public async Task Publish(string counterpart, byte[] sealedMessage, Guid messageId, CancellationToken cancellation)
    {
        if (sealedMessage.Length > SealedMessage.MaxBytes) throw new SealedMessageTooLargeException(sealedMessage.Length);
        await _window.WaitAsync(cancellation);
        try
        {
            var (address, routingKey) = route(counterpart);
            var endpoint = await bus.GetSendEndpoint(address);
            await endpoint.Send(new SealedMessage(sealedMessage), context =>
            {
                context.MessageId = messageId;
                context.Durable = true;
                if (context is not RabbitMqSendContext frame) return;
                frame.Mandatory = true;
                if (routingKey is not null) frame.RoutingKey = routingKey;
            }, cancellation);
        }
        finally
        {
            _window.Release();
        }
    }

    /// <summary>Whether the broker is reachable and all queues are being read, with a sentence for the operator when not.</summary>
    public (bool Healthy, string Description) Health()
    {
        var health = bus.CheckHealth();
        return (health.Status == BusHealthStatus.Healthy, health.Description ?? "");
    }

    public async ValueTask DisposeAsync()
    {
        await Stop(CancellationToken.None);
        _window.Dispose();
        stopping.Dispose();
    }
}

/// <summary>Stops the reading that a start began.</summary>
public delegate Task StopReading(CancellationToken cancellation);

/// <summary>Where a message for a counterpart goes on the bus.</summary>
public sealed record BusRoute(Uri Address, string? RoutingKey);

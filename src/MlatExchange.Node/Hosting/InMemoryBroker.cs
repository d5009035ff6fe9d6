using MassTransit;
using MlatExchange.Node.Exchange;

namespace MlatExchange.Node.Hosting;

/// <summary>
/// One bus in memory for several nodes in one process: for the embedded demo and nothing else. Nothing is durable, so a node that stops loses
/// what it had not yet stored; the sender's cursor does not know.
/// </summary>
public sealed class InMemoryBroker : IAsyncDisposable
{
    private readonly IBusControl _bus = MassTransit.Bus.Factory.CreateUsingInMemory(bus =>
    {
        bus.ClearSerialization();
        bus.AddSerializer(SealedSerializer.Instance);
        bus.AddDeserializer(SealedSerializer.Instance, isDefault: true);
        bus.AutoStart = false;
    });

    private readonly SemaphoreSlim _once = new(1, 1);
    private bool _started;

    /// <summary>The bus as the node of <paramref name="own"/> sees it; every ordered pair of jurisdictions has a queue of its own.</summary>
    public ExchangeBus For(string own, IReadOnlyList<string> counterparts, TakeDelivery take, int inFlight = 128)
    {
        var stopping = new CancellationTokenSource();
        return new ExchangeBus(_bus, Start, stopping, counterpart => new(new($"queue:{Queue(counterpart, own)}"), null), inFlight);

        async Task<StopReading> Start(CancellationToken cancellation)
        {
            await StartBus(cancellation);
            var reading = counterparts.Select(counterpart => _bus.ConnectReceiveEndpoint(Queue(own, counterpart),
                endpoint => Bus.Read(endpoint, counterpart, take, inFlight, stopping.Token))).ToArray();
            foreach (var endpoint in reading) await endpoint.Ready.WaitAsync(cancellation);
            return end => Task.WhenAll(reading.Select(endpoint => endpoint.StopAsync(end)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_started) await _bus.StopAsync();
        _once.Dispose();
    }

    private async Task StartBus(CancellationToken cancellation)
    {
        await _once.WaitAsync(cancellation);
        try
        {
            if (!_started) await _bus.StartAsync(cancellation);
            _started = true;
        }
        finally
        {
            _once.Release();
        }
    }

    private static string Queue(string reader, string writer) => $"mlat.incoming.{reader}.{writer}".ToLowerInvariant();
}

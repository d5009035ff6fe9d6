using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace MlatExchange.Benchmarks.Exchange;

/// <summary>One side of the bare path: its stations, lent to one piece of work at a time, and its queue, of which each delivery is acknowledged when its work is done.</summary>
internal sealed class BareSide : IAsyncDisposable
{
    private readonly List<BareStation> _all = [];
    private readonly List<BareStore> _stores = [];
    private readonly Channel<BareStation> _free = Channel.CreateUnbounded<BareStation>();
    private readonly IConnection _connection;
    private IChannel? _reading;

    private BareSide(IConnection connection) => _connection = connection;

    /// <param name="batched">Whether all stations store together.</param>
    public static async Task<BareSide> Open(BareKeys own, BareKeys other, BenchmarkDatabase database, LoadBroker broker, int stations, bool batched)
    {
        var side = new BareSide(await broker.Connect());
        if (batched) side._stores.Add(new BareStore.Batched(await database.Superuser.OpenConnectionAsync()));
        for (var i = 0; i < stations; i++)
        {
            if (!batched) side._stores.Add(new BareStore.OneByOne(await database.Superuser.OpenConnectionAsync()));
            side._all.Add(await BareStation.Open(own, other, side._stores[^1], side._connection));
            side._free.Writer.TryWrite(side._all[i]);
        }

        return side;
    }

    public async Task Work(Func<BareStation, Task> work)
    {
        var station = await _free.Reader.ReadAsync();
        try
        {
            await work(station);
        }
        finally
        {
            _free.Writer.TryWrite(station);
        }
    }

    /// <param name="failed">Told of work that threw; the delivery stays unacknowledged.</param>
    public async Task Read(string queue, Func<BareStation, byte[], Task> work, Action<Exception> failed)
    {
        var inFlight = (ushort)Math.Max(_all.Count, 64);
        _reading = await _connection.CreateChannelAsync(new CreateChannelOptions(false, false, consumerDispatchConcurrency: inFlight));
        await _reading.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await _reading.BasicQosAsync(0, 128, false); // as many as a node has
        var consumer = new AsyncEventingBasicConsumer(_reading);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            try
            {
                var frame = delivery.Body.ToArray();
                await Work(station => work(station, frame));
                await _reading.BasicAckAsync(delivery.DeliveryTag, multiple: false);
            }
            catch (Exception failure)
            {
                failed(failure);
            }
        };
        await _reading.BasicConsumeAsync(queue, autoAck: false, consumer);
    }

    public async ValueTask DisposeAsync()
    {
        if (_reading is not null) await _reading.DisposeAsync();
        foreach (var station in _all) await station.DisposeAsync();
        foreach (var store in _stores) await store.DisposeAsync();
        await _connection.DisposeAsync();
    }
}

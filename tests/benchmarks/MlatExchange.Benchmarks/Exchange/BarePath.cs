using System.Collections.Concurrent;

namespace MlatExchange.Benchmarks.Exchange;

/// <summary>
/// The same exchange without a node: sign, store, seal, publish, consume, open, verify, store, receipt signed, sealed, published, consumed, opened, verified,
/// stored. Every message by itself: one insert, one confirm, no batches, no rules, no log, no vault.
/// </summary>
internal sealed class BarePath : IAsyncDisposable
{
    private const int MostStations = 32; // per side, a database connection each; an exchange that waits for its receipt holds none
    private const string There = "bare.there";
    private const string Back = "bare.back";
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _waiting = new();
    private readonly BenchmarkDatabase _database;
    private readonly BareSide _sender;
    private readonly BareSide _receiver;
    private readonly int _messageBytes;

    private BarePath(BenchmarkDatabase database, BareSide sender, BareSide receiver, int messageBytes) =>
        (_database, _sender, _receiver, _messageBytes) = (database, sender, receiver, messageBytes);

    /// <param name="messageBytes">Bytes of a sealed message of the nodes.</param>
    /// <param name="receiptBytes">Bytes of a sealed receipt of theirs.</param>
    public static async Task<BarePath> Open(LoadBroker broker, int inFlight, int messageBytes, int receiptBytes)
    {
        var database = await BenchmarkDatabase.Create();
        await database.Run("create table public.bare (id uuid primary key, thread uuid not null, body bytea not null)");
        await database.Run("create index on public.bare (thread)");
        var (a, b, stations) = (BareKeys.Fresh(), BareKeys.Fresh(), Math.Min(inFlight, MostStations));
        var path = new BarePath(
            database, await BareSide.Open(a, b, database, broker, stations), await BareSide.Open(b, a, database, broker, stations), messageBytes);
        await path._receiver.Read(
            There,
            async (station, frame) =>
            {
                var (thread, text) = station.Open(frame);
                await station.Store(thread, text);
                await station.Publish(Back, station.Seal(station.Sign(thread, receiptBytes)));
            },
            path.Failed);
        await path._sender.Read(
            Back,
            async (station, frame) =>
            {
                var (thread, text) = station.Open(frame);
                await station.Store(thread, text);
                if (path._waiting.TryRemove(thread, out var waiting)) waiting.TrySetResult();
            },
            path.Failed);
        return path;
    }

    public async Task Exchange(CancellationToken cancellation)
    {
        var thread = Guid.CreateVersion7();
        var receipt = _waiting[thread] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _sender.Work(async station =>
        {
            var text = station.Sign(thread, _messageBytes);
            await station.Store(thread, text);
            await station.Publish(There, station.Seal(text));
        });
        await receipt.Task.WaitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _sender.DisposeAsync();
        await _receiver.DisposeAsync();
        await _database.DisposeAsync();
    }

    private void Failed(Exception failure)
    {
        foreach (var waiting in _waiting.Values) waiting.TrySetException(failure);
    }
}

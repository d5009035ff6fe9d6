using System.Collections.Concurrent;

namespace MlatExchange.Benchmarks.Exchange;

/// <summary>
/// The same exchange without a node: sign, store, seal, publish, consume, open, verify, store, receipt signed, sealed, published, consumed, opened, verified,
/// stored. No rules, no log, no vault. One by one: every message has one insert, one commit and one confirm of its own. Batched: what comes while a commit is under way goes
/// into the next one together.
/// </summary>
internal sealed class BarePath : IAsyncDisposable
{
    private const int MostConnections = 32; // per side, where each station has one; an exchange that waits for its receipt holds none
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _waiting = new();
    private readonly BenchmarkDatabase _database;
    private readonly BareSide _sender;
    private readonly BareSide _receiver;
    private readonly int _messageBytes;
    private readonly string _there;
    private readonly string _back;

    private BarePath(BenchmarkDatabase database, BareSide sender, BareSide receiver, int messageBytes, string queues) =>
        (_database, _sender, _receiver, _messageBytes, _there, _back) = (database, sender, receiver, messageBytes, queues + "there", queues + "back");

    /// <param name="messageBytes">Bytes of a sealed message of the nodes.</param>
    /// <param name="receiptBytes">Bytes of a sealed receipt of theirs.</param>
    public static async Task<BarePath> Open(LoadBroker broker, int inFlight, int messageBytes, int receiptBytes, bool batched)
    {
        var database = await BenchmarkDatabase.Create();
        await database.Run("create table public.bare (id uuid primary key, thread uuid not null, body bytea not null)");
        await database.Run("create index on public.bare (thread)");
        var (a, b, stations) = (BareKeys.Fresh(), BareKeys.Fresh(), batched ? inFlight : Math.Min(inFlight, MostConnections));
        var path = new BarePath(
            database, await BareSide.Open(a, b, database, broker, stations, batched), await BareSide.Open(b, a, database, broker, stations, batched), messageBytes,
            batched ? "batched." : "bare.");
        await path._receiver.Read(
            path._there,
            async (station, frame) =>
            {
                var (thread, text) = station.Open(frame);
                await station.Store(thread, text);
                await station.Publish(path._back, station.Seal(station.Sign(thread, receiptBytes)));
            },
            path.Failed);
        await path._sender.Read(
            path._back,
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
            await station.Publish(_there, station.Seal(text));
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

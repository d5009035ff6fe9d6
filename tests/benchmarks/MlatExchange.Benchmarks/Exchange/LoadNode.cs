using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Hosting;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Benchmarks.Exchange;

/// <summary>The exchange part of one node: event store, vault, sequencer, inbox, outbox and receipts, on a database of its own.</summary>
internal sealed class LoadNode : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlat-bench-");
    private readonly PostgresEventStore _store;
    private readonly WatchedStore _watched;
    private readonly Threads _threads;
    private readonly SignMessage _sign;
    private readonly BackgroundService[] _services;
    private readonly ExchangeService _exchange;
    private int _received;

    private LoadNode(string code, LoadTrust trust, LoadBroker broker, BenchmarkDatabase database)
    {
        Database = database;
        var (clock, keys, bell, logs) = (TimeProvider.System, trust.Keys[code], new LogBell(), NullLoggerFactory.Instance);
        _store = new(database.App, bell);
        _watched = new(_store);
        var vault = new Vault(database.App, new KeyStore(Path.Combine(_folder.FullName, "keys"), TimeSpan.FromDays(7), clock));
        var recorder = new Recorder(vault, RandomNumberGenerator.Fill);
        _threads = new(_watched, recorder);
        var identity = new NodeIdentity(code, LoadTrust.Entity(code), keys.Message, [keys.Encryption]);
        _sign = new(identity, () => trust.Now, vault, recorder, RandomNumberGenerator.Fill, clock);
        var effects = new Effects(
            new Dictionary<MessageKind, EffectOf> { [MessageKind.Receipt] = new ReceiptEffect(new Journal(_watched, recorder, vault), new(_watched, vault)).Of }, clock);
        _exchange = new(
            identity, () => trust.Now, database.App, _watched, vault, recorder, _threads, _sign, effects, new LogReader(database.App), bell,
            (counterparts, take) => Bus.RabbitMq(broker.Address, counterparts, (counterpart, bytes, stopping) =>
            {
                Interlocked.Exchange(ref _received, bytes.Length);
                return take(counterpart, bytes, stopping);
            }),
            new(TimeSpan.FromMinutes(10)), RandomNumberGenerator.Fill, clock, logs);
        _services =
        [
            new Sequencer(
                database.Sequencer, bell, new(LoadTrust.Origin(code), keys.Log), new(code, Path.Combine(_folder.FullName, "guard")), RandomNumberGenerator.Fill,
                clock, logs.CreateLogger<Sequencer>()),
            new LogListener(database.App, bell, clock, logs.CreateLogger<LogListener>()),
            _exchange,
        ];
    }

    public BenchmarkDatabase Database { get; }

    /// <summary>Bytes of the newest sealed message that came, so that the bare path sends as many.</summary>
    public int ReceivedBytes => Volatile.Read(ref _received);

    public static async Task<LoadNode> Start(string code, LoadTrust trust, LoadBroker broker)
    {
        var node = new LoadNode(code, trust, broker, await BenchmarkDatabase.Create());
        foreach (var service in node._services) await service.StartAsync(CancellationToken.None);
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!node._exchange.Bus.Health().Healthy) await Task.Delay(20, late.Token);
        return node;
    }

    /// <summary>One exchange: a fresh thread, one message in it, until its delivery receipt is accepted, durably, here.</summary>
    public async Task Exchange(string counterpart, CancellationToken cancellation)
    {
        var thread = _sign.NewThread();
        var receipt = _watched.Delivered(thread.Stream);
        var request = new ActRef(WireId.New(RandomNumberGenerator.Fill), Digest.Of(RandomNumberGenerator.GetBytes(8)));
        var signed = await _sign.Sign(
            thread, new(new MessageBody.Acknowledgement(request, "xa-prosecutor"), counterpart, "case-" + thread.Id) { Case = "received-" + thread.Id }, cancellation);
        if (await _watched.Append(new([signed.Append], signed.Vault, []), cancellation) is not AppendOutcome.Appended)
            throw new InvalidOperationException("A message in a fresh thread was not appended.");
        _threads.Keep(signed.Thread);
        if (!await receipt.WaitAsync(cancellation))
            throw new InvalidOperationException("No delivery receipt came back.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.Reverse())
        {
            await service.StopAsync(CancellationToken.None);
            service.Dispose();
        }

        await _store.DisposeAsync();
        await Database.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using MlatExchange.Domain.Threads;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Hosting;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Tests.Exchange;

/// <summary>The exchange part of one node on a database and a virtual host of its own; its services can be stopped and built anew, as after a crash.</summary>
public sealed class ExchangeNode : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlat-exchange-");
    private readonly TestTrust _trust;
    private readonly Dictionary<MessageKind, EffectOf> _effects = [];
    private Sequencer? _sequencer;
    private LogListener? _listener;
    private ExchangeService? _service;

    private ExchangeNode(string code, TestTrust trust, Broker broker) => (Code, _trust, Broker, Logs) = (code, trust, broker, new(code));

    /// <summary>Deliveries that are not durable here yet.</summary>
    public int InHand => _service?.InHand ?? 0;

    /// <summary>How long it waits for a receipt before it sends again; counts from the next start.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>What it takes the time of its signatures from.</summary>
    public MovedClock SigningClock { get; } = new();

    public string Code { get; }

    public Broker Broker { get; }

    public TestLogs Logs { get; }

    public NodeDatabase Database { get; } = new();

    public PostgresEventStore Store { get; private set; } = null!;

    public LogReader Reader { get; private set; } = null!;

    public Vault Vault { get; private set; } = null!;

    public Recorder Recorder { get; private set; } = null!;

    public Threads Threads { get; private set; } = null!;

    public SignMessage Sign { get; private set; } = null!;

    public Outbox Outbox => _service!.Outbox;

    public ExchangeBus Bus => _service!.Bus;

    public static async Task<ExchangeNode> Create(string code, TestTrust trust)
    {
        var node = new ExchangeNode(code, trust, await Broker.Open());
        await node.Database.InitializeAsync();
        _ = node.Database.Settings;
        return node;
    }

    public ExchangeNode On(MessageKind kind, EffectOf effect)
    {
        _effects[kind] = effect;
        return this;
    }

    /// <summary>Builds every service anew and starts them.</summary>
    /// <param name="outgoing">Whether the bus runs; without it, what is appended stays.</param>
    public async Task Start(bool outgoing = true)
    {
        var (clock, keys) = (TimeProvider.System, _trust.Keys[Code]);
        var bell = new LogBell();
        Store = new(Database.App, bell);
        Reader = new(Database.App);
        Vault = new(Database.App, new KeyStore(Path.Combine(_folder.FullName, "keys"), TimeSpan.FromDays(7), clock));
        Recorder = new(Vault, RandomNumberGenerator.Fill);
        Threads = new(Store, Recorder);
        var identity = new NodeIdentity(Code, TestTrust.Entity(Code), keys.Message, [keys.Encryption]);
        Sign = new(identity, () => _trust.Now, Vault, Recorder, RandomNumberGenerator.Fill, SigningClock);
        _sequencer = new(
            Database.Sequencer, bell, new(TestTrust.Origin(Code), keys.Log), new(Code, Path.Combine(_folder.FullName, "guard")), RandomNumberGenerator.Fill, clock,
            Logs.CreateLogger<Sequencer>());
        _listener = new(Database.App, bell, clock, Logs.CreateLogger<LogListener>());
        await _sequencer.StartAsync(CancellationToken.None);
        await _listener.StartAsync(CancellationToken.None);
        if (!outgoing) return;
        var user = await Broker.NodeUser();
        var effects = new Effects(new Dictionary<MessageKind, EffectOf>(_effects) { [MessageKind.Receipt] = ReceiptsToo }, clock);
        _service = new(
            identity, () => _trust.Now, Database.App, Store, Vault, Recorder, Threads, Sign, effects, Reader, bell,
            (counterparts, take) => Node.Hosting.Bus.RabbitMq(user, counterparts, take), new(Patience), RandomNumberGenerator.Fill, clock, Logs);
        await _service.StartAsync(CancellationToken.None);
        await Eventually.True(() => _service.Bus.Health().Healthy, "the bus is up");
    }

    /// <summary>Called for every receipt before its effect.</summary>
    public Action<AcceptedMessage> Receipted { get; set; } = _ => { };

    private Task<Effect> ReceiptsToo(AcceptedMessage receipt, CancellationToken cancellation)
    {
        Receipted(receipt);
        return new ReceiptEffect(new(Store, Recorder, Vault), new(Store, Vault)).Of(receipt, cancellation);
    }

    public async Task Stop()
    {
        if (_sequencer is null) return; // stopped, or never started
        if (_service is not null) await _service.StopAsync(CancellationToken.None);
        await _sequencer.StopAsync(CancellationToken.None);
        if (_listener is not null) await _listener.StopAsync(CancellationToken.None);
        if (Store is not null) await Store.DisposeAsync();
        (_service, _sequencer, _listener) = (null, null, null);
    }

    /// <summary>Says something to a counterpart in a thread, as an endpoint does.</summary>
    public async Task<SignedMessage> Say(LoadedThread thread, MessageBody body, string counterpart)
    {
        while (true)
        {
            var loaded = thread.Version == 0 ? thread : await Threads.Load(thread.Id, CancellationToken.None);
            var signed = await Sign.Sign(loaded, new(body, counterpart, "case-" + thread.Id) { Case = "received-" + thread.Id }, CancellationToken.None);
            if (await Store.Append(new([signed.Append], signed.Vault, [])) is AppendOutcome.Appended)
            {
                Threads.Keep(signed.Thread);
                return signed;
            }

            Threads.Forget(thread.Id);
            thread = new(thread.Id, ThreadHistory.Empty, 1);
        }
    }

    public async Task<ThreadHistory> History(string thread)
    {
        Threads.Forget(thread);
        return (await Threads.Load(thread, CancellationToken.None)).History;
    }

    public async Task<IReadOnlyList<ThreadEvent>> Events(string thread) =>
        [.. (await Store.Load(LoadedThread.StreamOf(thread))).Select(stored => (ThreadEvent)Recorder.Read(stored)!)];

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await Database.DisposeAsync();
        await Broker.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>The system's clock, some way off.</summary>
public sealed class MovedClock : TimeProvider
{
    public TimeSpan By { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
}

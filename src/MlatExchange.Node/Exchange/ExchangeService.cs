using MlatExchange.Node.Ledger;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol;
using Npgsql;

namespace MlatExchange.Node.Exchange;

/// <summary>Opens the bus for these counterparts.</summary>
public delegate ExchangeBus OpenBus(IReadOnlyList<string> counterparts, TakeDelivery take);

/// <summary>The running exchange of one node process: inbox, outbox, receipts, and the sweep for what a crash left behind.</summary>
public sealed partial class ExchangeService : BackgroundService
{
    private const int LeftoversAtOnce = 256;
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan HeldTooLong = TimeSpan.FromHours(24);

    private readonly Inbox _inbox;
    private readonly InboxLanes _lanes;
    private readonly Waitlist _waitlist;
    private readonly Receipts _receipts;
    private readonly Courier _courier;
    private readonly PeerLogs _peers;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private DateTimeOffset _alarmed;
    private DateTimeOffset _asked;

    public ExchangeService(
        NodeIdentity node, CurrentTrust trust, NpgsqlDataSource database, IEventStore store, Vault vault, Recorder recorder, Threads threads, SignMessage sign,
        Effects effects, LogReader reader, LogBell bell, OpenBus openBus, Patience patience, RandomSource random, TimeProvider clock, ILoggerFactory logs)
    {
        (_clock, _log) = (clock, logs.CreateLogger<ExchangeService>());
        var quarantine = new Quarantine(database, logs.CreateLogger<Quarantine>());
        var proofs = new LoggedProofs(database, bell.Tail);
        _peers = new PeerLogs(database, logs.CreateLogger<PeerLogs>());
        _inbox = new Inbox(database, quarantine, raw => _lanes!.Enqueue(raw), clock);
        _waitlist = new Waitlist(raw => _lanes!.Enqueue(raw), clock);
        Bus = openBus([.. trust().Jurisdictions.Where(code => code != node.Jurisdiction).Order(StringComparer.Ordinal)], _inbox.Take);
        Outbox = new Outbox(
            counterpart => new OutboxLane(counterpart, trust, vault, proofs, bell, Bus, random, clock, logs.CreateLogger<OutboxLane>()), clock);
        var judge = new InboxJudge(
            store, vault, recorder, threads, new InboxPlans(vault, recorder, sign, effects), _peers, trust, _inbox, quarantine, Outbox, _waitlist, clock,
            logs.CreateLogger<InboxJudge>());
        _lanes = new InboxLanes(node, trust, judge.SetAside, judge.Judge, clock);
        _receipts = new Receipts(store, vault, threads, sign, proofs, bell, clock, logs.CreateLogger<Receipts>());
        _courier = new Courier(database, reader, bell, Outbox, _receipts, new(Outbox, patience, clock), _peers, store, recorder, clock, logs.CreateLogger<Courier>());
    }

    /// <summary>The bus, for readiness.</summary>
    public ExchangeBus Bus { get; }

    /// <summary>Deliveries that the broker still keeps because they are not durable here yet.</summary>
    public int InHand => _inbox.InHand;

    /// <summary>The lanes, for readiness and metrics.</summary>
    public Outbox Outbox { get; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Exchanging.UntilDone(() => _peers.Load(stoppingToken), Failed, _clock, stoppingToken);
        Task[] loops =
        [
            _lanes.Run(stoppingToken), _inbox.Run(stoppingToken), Outbox.Run(stoppingToken), _receipts.Run(stoppingToken), _courier.Run(stoppingToken),
            Sweep(stoppingToken), Listen(stoppingToken),
        ];
        await await Task.WhenAny(loops); // none ends before the node stops; one that does is a bug, and the host stops
        await Task.WhenAll(loops);
    }

    private async Task Listen(CancellationToken stopping)
    {
        await Exchanging.UntilDone(() => Bus.Start(stopping), Failed, _clock, stopping);
        await Task.Delay(Timeout.Infinite, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Bus.Stop(CancellationToken.None);
    }

    /// <summary>Takes up what was stored and not finished, and raises the alarm for what has waited a day.</summary>
    private async Task Sweep(CancellationToken stopping)
    {
        while (true)
        {
            var now = _clock.GetUtcNow();
            await Exchanging.UntilDone(
                async () =>
                {
                    var left = await _inbox.Leftovers(now - SweepEvery, LeftoversAtOnce, stopping);
                    var askAgain = now - _asked >= AskEvery;
                    if (askAgain) _asked = now;
                    foreach (var raw in left.Where(raw => askAgain || !_waitlist.Holds(raw))) await _lanes.Enqueue(raw);
                    if (left.Count(raw => now - raw.ReceivedAt > HeldTooLong) is > 0 and var late && now - _alarmed > TimeSpan.FromHours(1))
                    {
                        _alarmed = now;
                        HeldForADay(late);
                    }
                },
                Failed, _clock, stopping);
            await Task.Delay(SweepEvery, _clock, stopping);
        }
    }

    private void Failed(Exception failure, int attempt) => NotYet(failure.GetType().Name, attempt);

    [LoggerMessage(EventId = 4150, Level = LogLevel.Warning, Message = "The exchange cannot work yet ({Fault}, attempt {Attempt})")]
    private partial void NotYet(string fault, int attempt);

    [LoggerMessage(EventId = 4151, Level = LogLevel.Error, Message = "{Count} messages wait for more than a day, for earlier ones of their threads or for an effect that fails")]
    private partial void HeldForADay(int count);
}

using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Node.Tests.Ledger;

/// <summary>A database of its own with store, reader and as many sequencers as a test starts: the processes of one node.</summary>
internal sealed class LedgerNode : IAsyncDisposable
{
    private readonly List<(Sequencer Sequencer, LogListener Listener)> started = [];
    private readonly DirectoryInfo guard = Directory.CreateTempSubdirectory("mlat-guard-");

    private LedgerNode()
    {
    }

    public NodeDatabase Database { get; } = new();

    public LogBell Bell { get; } = new();

    public EcKey LogKey { get; } = EcKey.Generate(RandomNumberGenerator.Fill);

    public LogSigner Signer => field ??= new("node.xa.example/log/2026", LogKey);

    public PostgresEventStore Store { get; private set; } = null!;

    public LogReader Reader { get; private set; } = null!;

    public string GuardPath => guard.FullName;

    public string GuardFile => Path.Combine(GuardPath, "node.xa.example_log_2026.guard");

    public static async Task<LedgerNode> Create()
    {
        var node = new LedgerNode();
        await node.Database.InitializeAsync();
        _ = node.Database.Settings;
        node.Store = new(node.Database.App, node.Bell);
        node.Reader = new(node.Database.App);
        return node;
    }

    public static async Task<LedgerNode> WithSequencer()
    {
        var node = await Create();
        await node.StartSequencer();
        return node;
    }

    /// <summary>Starts a sequencer; with a bell of its own it is another process.</summary>
    public async Task<Sequencer> StartSequencer(LogBell? bell = null, int batchSize = 1024, TimeSpan? poll = null)
    {
        bell ??= Bell;
        var settings = new LedgerSettings("XA", GuardPath) { BatchSize = batchSize, Poll = poll ?? TimeSpan.FromMilliseconds(200) };
        var sequencer = new Sequencer(Database.Sequencer, bell, Signer, settings, RandomNumberGenerator.Fill, TimeProvider.System, NullLogger<Sequencer>.Instance);
        var listener = new LogListener(Database.App, bell, TimeProvider.System, NullLogger<LogListener>.Instance);
        await sequencer.StartAsync(CancellationToken.None);
        await listener.StartAsync(CancellationToken.None);
        started.Add((sequencer, listener));
        return sequencer;
    }

    public async Task Stop(Sequencer sequencer)
    {
        var (_, listener) = started.Single(s => s.Sequencer == sequencer);
        await sequencer.StopAsync(CancellationToken.None);
        await listener.StopAsync(CancellationToken.None);
    }

    public async Task<long> Append(int count, string? stream = null, long version = 0)
    {
        var appended = (AppendOutcome.Appended)await Store.Append(Node.Storage.Append.To(stream ?? Storage.Given.Stream(), version, Storage.Given.Events(count)));
        return appended.Versions[0];
    }

    /// <summary>Waits until the newest checkpoint covers so many leaves.</summary>
    public Task Published(long size) => Until(async () => await Reader.PublishedSize() >= size, $"{size} leaves published");

    public static async Task Until(Func<Task<bool>> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30), $"not within 30 s: {what}");
            await Task.Delay(10);
        }
    }

    public static Task Until(Func<bool> condition, string what) => Until(() => Task.FromResult(condition()), what);

    public async Task<List<AuditFinding>> Audit(Checkpoint? guard = null)
    {
        var findings = new List<AuditFinding>();
        await foreach (var finding in new LedgerAudit(Database.Superuser, Signer.Key).Run(guard))
            findings.Add(finding);
        return findings;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (sequencer, listener) in started)
        {
            await sequencer.StopAsync(CancellationToken.None);
            await listener.StopAsync(CancellationToken.None);
        }
        await Store.DisposeAsync();
        await Database.DisposeAsync();
        guard.Delete(recursive: true);
    }
}

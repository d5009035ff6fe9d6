using MlatExchange.Domain;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Node.Ledger;

/// <summary>
/// Runs <see cref="LedgerAudit"/> by itself: soon after the start and then once per <paramref name="every"/>. Whatever an administrator changed behind the node's
/// back is an alarm and fails readiness with the places by name, until an audit finds everything in order.
/// </summary>
/// <param name="audit">Over the node's own tables.</param>
/// <param name="guard">The guard's newest head at that moment.</param>
/// <param name="first">Pause after the start, so that a node which starts is not also reading its whole log.</param>
/// <param name="every">Pause between two audits.</param>
/// <param name="clock">The node's clock.</param>
/// <param name="log">Gets the alarm: kinds and places, never content.</param>
public sealed partial class LedgerWatch(LedgerAudit audit, Func<Checkpoint?> guard, TimeSpan first, TimeSpan every, TimeProvider clock, ILogger<LedgerWatch> log)
    : BackgroundService
{
    private const int Named = 3;

    /// <summary>What the newest finished audit found, in one sentence; null when all was in order or none has finished.</summary>
    public string? Fault { get; private set; }

    /// <summary>When the newest audit finished, UTC; null before.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>Audits once.</summary>
    public async Task Look(CancellationToken cancellation)
    {
        var found = await Findings(cancellation);
        // An append, or a head between guard and table, can be seen half done. What is really wrong is still wrong a moment later.
        if (found.Count > 0) found.IntersectWith(await Findings(cancellation));
        Fault = found.Count == 0 ? null : Sentence(found);
        FinishedAt = clock.GetUtcNow();
        if (Fault is { } fault) Differs(fault);
        else InOrder();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(first, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Fault = $"The log could not be audited ({failure.GetType().Name}).";
                Differs(Fault);
            }

            await Task.Delay(every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<HashSet<AuditFinding>> Findings(CancellationToken cancellation)
    {
        var found = new HashSet<AuditFinding>();
        await foreach (var finding in audit.Run(guard(), cancellation)) found.Add(finding);
        return found;
    }

    private static string Sentence(HashSet<AuditFinding> found) =>
        $"The log and the tables disagree in {found.Count} places: {string.Join(", ", found.Take(Named).Select(Place))}{(found.Count > Named ? ", ..." : "")}.";

    private static string Place(AuditFinding finding) =>
        EnumCode.Of(finding.Kind) + (finding.Index is { } index ? $" at leaf {index}" : $" in {finding.Stream}/{finding.Version}");

    [LoggerMessage(EventId = 4210, Level = LogLevel.Critical, Message = "{Fault}")]
    private partial void Differs(string fault);

    [LoggerMessage(EventId = 4211, Level = LogLevel.Information, Message = "The whole log was audited and agrees with its events, tiles, signed heads and guard")]
    private partial void InOrder();
}

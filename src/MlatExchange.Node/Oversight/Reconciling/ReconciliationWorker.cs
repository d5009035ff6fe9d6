using MlatExchange.Domain.Oversight;
using MlatExchange.Node.Exchange;

namespace MlatExchange.Node.Oversight.Reconciling;

/// <summary>
/// Lists each period once it is over, answers and compares what the other side lists, and reports the period. What is due follows from tables built from the log, so it is done after a
/// restart too; each step decides on the stream's version, so two processes do it once.
/// </summary>
public sealed partial class ReconciliationWorker(
    ReconciliationTables tables, SendLists send, CompareLists compare, ReconciliationSettings settings, CurrentTrust trust, TimeProvider time, ILogger<ReconciliationWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1), AfterFailure = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Poll;
            try
            {
                foreach (var list in await tables.Waiting(stoppingToken)) await Take(list, stoppingToken);
                if (settings.InTurn)
                    foreach (var turn in await tables.Turns(stoppingToken)) await Turn(turn, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(failure.GetType().Name);
                pause = AfterFailure;
            }

            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A list that came: answered with this side's own, unless that was said just now, and compared.</summary>
    private async Task Take(ListToCompare waiting, CancellationToken cancellation)
    {
        var lists = await tables.Lists(waiting.Counterpart, cancellation);
        if (!lists.TryGetValue(waiting.Event, out var list)) return; // its key is gone
        if (list.From < list.To && list.To <= time.GetUtcNow() && list.To - list.From <= SendLists.LongestPeriod && trust().NodeOf(waiting.Counterpart) is not null)
            await send.Send(waiting.Counterpart, list.From, list.To, ReconciliationOccasion.Answer, cancellation);
        while (!await compare.Run(waiting.Counterpart, list.From, list.To, waiting.Event, [list], cancellation)) cancellation.ThrowIfCancellationRequested();
    }

    private async Task Turn(TurnOf turn, CancellationToken cancellation)
    {
        if (trust().NodeOf(turn.Counterpart) is null) return;
        var now = time.GetUtcNow();
        var (began, listable, reportable) = (settings.LastEnd(turn.First), settings.LastEnd(now - settings.Grace), settings.LastEnd(now - (2 * settings.Grace)));
        if ((turn.ListedTo ?? began) is var listed && listed < listable) await send.Send(turn.Counterpart, listed, listable, ReconciliationOccasion.Period, cancellation);
        var reported = turn.ReportedTo ?? began;
        if (reported >= reportable || turn.ListedTo is not { } to || to < reportable) return;
        var lists = (await tables.Lists(turn.Counterpart, cancellation)).Values.ToList();
        // After an absence the other side's lists are still on their way: they have as long as this side's own.
        if (RecordComparison.Gaps(reported, reportable, lists).Count == 0 || now - turn.ListedAt >= settings.Grace)
            await compare.Run(turn.Counterpart, reported, reportable, null, lists, cancellation);
    }

    [LoggerMessage(EventId = 4231, Level = LogLevel.Warning, Message = "Reconciliation was interrupted ({Fault}) and is tried again")]
    private partial void Failed(string fault);
}

using MlatExchange.Node.Ledger;
using Npgsql;

namespace MlatExchange.Node.Deadlines;

/// <summary>
/// Does what time alone makes due. It follows the column <c>due</c> of the list of cases, which is rebuilt from the log, so what fell due while the node was away is done when it
/// is back; and each step decides again on the state it reads and appends at that version, so two processes do it once. One case's failure is logged by kind and holds up no other.
/// </summary>
public sealed partial class TimerWorker(
    NpgsqlDataSource database, LogBell bell, TimeProvider time, RequestTimerStep requests, ReceivedTimerStep received, TransferTimerStep transfers, ILogger<TimerWorker> log)
    : BackgroundService
{
    private const int AtOnce = 64;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    // A case whose step failed waits this long, so that it neither spins nor fills the page before those behind it.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, long> paused = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = bell.NextPublished;
            try
            {
                foreach (var (kind, id) in await Due(stoppingToken)) await Step(kind, id, stoppingToken);
                await LogBell.Wait(next, Poll, stoppingToken);
            }
            catch (NpgsqlException failure) when (!stoppingToken.IsCancellationRequested)
            {
                Failed("list", failure.GetType().Name);
                await Task.Delay(Poll, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task<List<(string Kind, string Id)>> Due(CancellationToken cancellation)
    {
        var now = Environment.TickCount64;
        foreach (var over in paused.Where(pause => pause.Value <= now).Select(pause => pause.Key).ToList()) paused.Remove(over);
        await using var command = database.CreateCommand("select kind, id from read.cases where due <= $1 and not (id = any($2)) order by due limit $3");
        command.Parameters.Add(new() { Value = time.GetUtcNow().ToUniversalTime() });
        command.Parameters.Add(new() { Value = paused.Keys.ToArray() });
        command.Parameters.Add(new() { Value = AtOnce });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var due = new List<(string, string)>();
        while (await reader.ReadAsync(cancellation)) due.Add((reader.GetString(0), reader.GetString(1)));
        return due;
    }

    private async Task Step(string kind, string id, CancellationToken cancellation)
    {
        try
        {
            await (kind switch
            {
                "request" => requests.Run(Guid.Parse(id), cancellation),
                "received" => received.Run(Guid.Parse(id), cancellation),
                "supplied" => transfers.Supplied(id, cancellation),
                _ => transfers.Held(id, cancellation),
            });
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            Failed(kind, failure.GetType().Name);
            paused[id] = Environment.TickCount64 + (long)Pause.TotalMilliseconds;
        }
    }

    [LoggerMessage(EventId = 4310, Level = LogLevel.Warning, Message = "What is due in a case could not be done ({Kind}, {Fault}); it is tried again")]
    private partial void Failed(string kind, string fault);
}

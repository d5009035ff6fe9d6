using MlatExchange.Node.Ledger;
using MlatExchange.Node.Retention;
using Npgsql;

namespace MlatExchange.Node.Transfers;

/// <summary>
/// What the node does by itself: release the key of a transfer once conditions are accepted, fetch sealed bytes, carry out a destruction, end data keys. It follows the list of cases that
/// still have work, so it goes on after a restart where it was; one transfer's failure is logged by kind and never holds up another, nor does the time that bytes take.
/// </summary>
public sealed partial class TransferWorker(
    NpgsqlDataSource database, LogBell bell, ReleaseKeyStep release, FetchEvidenceStep fetch, EraseTransferStep erase, EndKeyStep end, TimeProvider clock, ILogger<TransferWorker> log) : BackgroundService
{
    private const int AtOnce = 64;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = bell.NextPublished;
            var more = false;
            try
            {
                foreach (var (kind, id) in await Waiting(stoppingToken)) more |= !await Step(kind, id, stoppingToken);
            }
            catch (NpgsqlException failure) when (!stoppingToken.IsCancellationRequested)
            {
                Failed("list", failure.GetType().Name);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            if (!more) await LogBell.Wait(next, Poll, stoppingToken);
            else await LogBell.Wait(next, Poll / 10, stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await fetch.Ended();
    }

    private async Task<List<(string Kind, string Id)>> Waiting(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select kind, id from read.cases where has_work and (not_before is null or not_before <= $2) order by position limit $1");
        command.Parameters.Add(new() { Value = AtOnce });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var waiting = new List<(string, string)>();
        while (await reader.ReadAsync(cancellation)) waiting.Add((reader.GetString(0), reader.GetString(1)));
        return waiting;
    }

    private async Task<bool> Step(string kind, string id, CancellationToken cancellation)
    {
        try
        {
            return kind switch
            {
                "supplied" => await release.Run(id, cancellation),
                "erasure" => await end.Run(id, cancellation),
                _ => await erase.Run(id, cancellation) && fetch.Start(id, cancellation),
            };
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            Failed(kind, failure.GetType().Name);
            return true;
        }
    }

    [LoggerMessage(EventId = 4300, Level = LogLevel.Warning, Message = "A step of a transfer did not succeed ({Kind}, {Fault}); it is tried again")]
    private partial void Failed(string kind, string fault);
}

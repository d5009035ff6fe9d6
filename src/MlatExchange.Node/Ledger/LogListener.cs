using Npgsql;

namespace MlatExchange.Node.Ledger;

/// <summary>Rings this process's bell for what other processes of the node append and publish. Without it everything still moves, at the pace of the polls.</summary>
public sealed class LogListener(NpgsqlDataSource database, LogBell bell, TimeProvider clock, ILogger<LogListener> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                try
                {
                    connection.Notification += Ring;
                    await using (var listen = new NpgsqlCommand($"listen {LogChannels.Appended}; listen {LogChannels.Published}", connection))
                        await listen.ExecuteNonQueryAsync(stoppingToken);
                    while (true)
                        await connection.WaitAsync(stoppingToken);
                }
                finally
                {
                    connection.Notification -= Ring;
                    NpgsqlConnection.ClearPool(connection); // it must not be lent to others with its LISTEN
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                log.ListeningInterrupted(LedgerLog.Fault(failure));
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Ring(object sender, NpgsqlNotificationEventArgs message)
    {
        if (message.Channel == LogChannels.Appended)
            bell.RingAppended();
        else if (!bell.SequencerIsHere) // which has rung here
            bell.RingPublished();
    }
}

namespace MlatExchange.Node.Storage;

/// <summary>Rolls the key store soon after each epoch's end, so that what was destroyed becomes unrecoverable when it was said to.</summary>
/// <param name="keys">The store.</param>
/// <param name="every">How often to look; a fraction of the epoch.</param>
/// <param name="clock">The node's clock.</param>
/// <param name="log">Gets the alarm.</param>
public sealed partial class KeyStoreRolls(KeyStore keys, TimeSpan every, TimeProvider clock, ILogger<KeyStoreRolls> log) : BackgroundService
{
    /// <summary>Why the last roll failed, or which keys no longer open; null when all is in order. For readiness.</summary>
    public string? Fault { get; private set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var damaged = new HashSet<string>(StringComparer.Ordinal);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                damaged.UnionWith(keys.Roll());
                Fault = damaged.Count == 0 ? null : $"{damaged.Count} data keys no longer open.";
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Fault = $"The key store does not roll ({failure.GetType().Name}): destroyed keys may stay recoverable.";
            }
            if (Fault is { } fault)
                Failing(log, fault);
            await Task.Delay(every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(20, LogLevel.Critical, "{Fault}")]
    private static partial void Failing(ILogger log, string fault);
}

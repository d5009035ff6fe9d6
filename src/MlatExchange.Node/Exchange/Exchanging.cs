namespace MlatExchange.Node.Exchange;

/// <summary>How the exchange's loops meet failure: what is stored already is tried again, later and later, until it is done or the node stops.</summary>
internal static class Exchanging
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Repeats until it succeeds.</summary>
    /// <param name="failed">Told of each failure with the number of attempts so far; must not log content.</param>
    public static async Task UntilDone(Func<Task> work, Action<Exception, int> failed, TimeProvider clock, CancellationToken stopping)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                failed(failure, attempt);
            }

            var pause = TimeSpan.FromMilliseconds(50 * Math.Pow(2, Math.Min(attempt, 10)));
            await Task.Delay(pause < Longest ? pause : Longest, clock, stopping);
        }
    }
}

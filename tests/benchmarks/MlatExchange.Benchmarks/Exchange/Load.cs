using System.Collections.Concurrent;
using System.Diagnostics;

namespace MlatExchange.Benchmarks.Exchange;

/// <summary>What one round came to.</summary>
/// <param name="Exchanges">Exchanges whose receipt came back.</param>
/// <param name="Rate">Exchanges a second.</param>
/// <param name="P50">Median time of one, milliseconds.</param>
internal readonly record struct Load(int Exchanges, double Rate, double P50)
{
    private static readonly TimeSpan TooLate = TimeSpan.FromSeconds(60);

    /// <summary>So many workers, each with one exchange at a time, for so long; what is in hand at the end is finished and counted, and its time too.</summary>
    /// <exception cref="TimeoutException">A receipt did not come back within a minute of the round's end: something was lost.</exception>
    public static async Task<Load> Run(int inFlight, double seconds, Func<CancellationToken, Task> exchange)
    {
        var times = new ConcurrentBag<double>();
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(seconds) + TooLate);
        var started = Stopwatch.GetTimestamp();
        try
        {
            await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
            {
                while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
                {
                    var began = Stopwatch.GetTimestamp();
                    await exchange(late.Token);
                    times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                }
            })));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw new TimeoutException($"A receipt did not come back within {TooLate.TotalSeconds} s of the end of the round.");
        }

        return new(times.Count, times.Count / Stopwatch.GetElapsedTime(started).TotalSeconds, Rounds.Median(times));
    }
}

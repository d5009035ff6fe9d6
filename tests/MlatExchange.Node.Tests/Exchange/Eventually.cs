using System.Diagnostics;

namespace MlatExchange.Node.Tests.Exchange;

/// <summary>Waits for a condition with a deadline; a test that waits for nothing else cannot hide a race.</summary>
public static class Eventually
{
    public static async Task True(Func<Task<bool>> condition, string what, int seconds = 30)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(seconds), "did not happen in time: " + what);
            await Task.Delay(20);
        }
    }

    public static Task True(Func<bool> condition, string what, int seconds = 30) => True(() => Task.FromResult(condition()), what, seconds);
}

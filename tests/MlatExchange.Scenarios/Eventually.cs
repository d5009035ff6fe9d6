using System.Diagnostics;

namespace MlatExchange.Scenarios;

/// <summary>Waits for a condition with a deadline of a minute; a scenario waits for nothing else.</summary>
public static class Eventually
{
    public static async Task True(Func<Task<bool>> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "did not happen in a minute: " + what);
            await Task.Delay(50);
        }
    }
}

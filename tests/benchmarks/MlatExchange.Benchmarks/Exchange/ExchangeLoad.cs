using System.Diagnostics;
using static MlatExchange.Benchmarks.Rounds;

namespace MlatExchange.Benchmarks.Exchange;

/// <summary>Whole exchanges of two nodes on real servers beside the bare path, in turn in one run: alone (time) and in flight (rate), and commits per exchange.</summary>
internal static class ExchangeLoad
{
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(11); // an idle session reports its counts after ten

    public static async Task Run(Options options)
    {
        var (seconds, rounds, inFlight, warmUp) =
            (options.Number("--seconds", 8), options.Whole("--rounds", 5), options.Whole("--in-flight", 64), options.Number("--warm-up", 10));
        await using var broker = await LoadBroker.Create();
        await using var nodes = await NodePair.Start(broker);
        await Load.Run(1, 0.5, nodes.Exchange); // learns the sizes
        var (message, receipt) = (nodes.Xb.ReceivedBytes, nodes.Xa.ReceivedBytes);
        await using var bare = await BarePath.Open(broker, inFlight, message, receipt);
        Say($"sealed message {message} bytes, sealed receipt {receipt} bytes, on both sides; {rounds} rounds of {seconds} s, {Environment.ProcessorCount} cores; durable settings asserted");
        await Load.Run(inFlight, warmUp / 2, bare.Exchange);
        await Load.Run(inFlight, warmUp / 2, nodes.Exchange);

        await Task.Delay(Settled);
        var (before, since) = (await nodes.Commits(), Stopwatch.GetTimestamp());
        await Task.Delay(Settled);
        var idle = (await nodes.Commits() - before) / Stopwatch.GetElapsedTime(since).TotalSeconds;
        Say($"commits of both idle nodes: {idle:F1}/s, taken off below for the time in which the nodes have no work");

        await Alone(nodes, bare, rounds, Math.Max(1, seconds / 2), idle);
        await InFlight(nodes, bare, rounds, seconds, inFlight, idle);
    }

    private static async Task Alone(NodePair nodes, BarePath bare, int rounds, double seconds, double idle)
    {
        List<(Load Own, Load Bare)> pairs = [];
        var (commits, background) = await Counted(nodes, idle, async () =>
        {
            for (var round = 1; round <= rounds; round++)
            {
                var other = await Load.Run(1, seconds, bare.Exchange);
                pairs.Add((await Load.Run(1, seconds, nodes.Exchange), other));
                Say($"  alone, round {round}: nodes p50 {pairs[^1].Own.P50:F1} ms, bare p50 {other.P50:F1} ms, {pairs[^1].Own.P50 / other.P50:F2} times");
            }

            return (pairs.Sum(p => p.Own.Exchanges), pairs.Sum(p => p.Own.Exchanges / p.Own.Rate));
        });
        double[] ratios = [.. pairs.Select(p => p.Own.P50 / p.Bare.P50)];
        Say($"exchange alone, p50: nodes {Median(pairs.Select(p => p.Own.P50)):F1} ms, bare {Median(pairs.Select(p => p.Bare.P50)):F1} ms, {Median(ratios):F2} times [{ratios.Min():F2} .. {ratios.Max():F2}], at most 4.00 times: {(Median(ratios) <= 4 ? "met" : "MISSED")}");
        Say($"exchange alone, commits in both databases: {commits:F1} per exchange (read-only ones too; idle nodes would make {background:F1} in that time), goal at most 12 that write: {(commits <= 12 ? "met" : "not shown to be met")}");
    }

    private static async Task InFlight(NodePair nodes, BarePath bare, int rounds, double seconds, int inFlight, double idle)
    {
        var (exchanges, busy) = (0, 0.0);
        var (commits, background) = await Counted(nodes, idle, async () =>
        {
            await Compare(
                $"exchange, {inFlight} in flight", "nodes", "bare one by one", 0.6, rounds,
                async () =>
                {
                    var load = await Load.Run(inFlight, seconds, nodes.Exchange);
                    (exchanges, busy) = (exchanges + load.Exchanges, busy + (load.Exchanges / load.Rate));
                    return load.Rate;
                },
                async () => (await Load.Run(inFlight, seconds, bare.Exchange)).Rate,
                () => Task.CompletedTask);
            return (exchanges, busy);
        });
        Say($"exchange, {inFlight} in flight, commits in both databases: {commits:F2} per exchange (read-only ones too; idle nodes would make {background:F2} in that time), goal at most 0.5 that write, at 64: {(commits <= 0.5 ? "met" : "not shown to be met")}");
    }

    /// <summary>Commits per exchange of the work, less what the idle nodes commit in the time in which they do none.</summary>
    /// <returns>Also what idle nodes would have committed, per exchange, in the time of their work; it is not taken off.</returns>
    private static async Task<(double Commits, double Background)> Counted(NodePair nodes, double idle, Func<Task<(int Exchanges, double Busy)>> work)
    {
        var (before, since) = (await nodes.Commits(), Stopwatch.GetTimestamp());
        var (exchanges, busy) = await work();
        await Task.Delay(Settled);
        var resting = Math.Max(0, Stopwatch.GetElapsedTime(since).TotalSeconds - busy);
        return ((await nodes.Commits() - before - (idle * resting)) / exchanges, idle * busy / exchanges);
    }
}

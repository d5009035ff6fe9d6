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
        await using var bare = await BarePath.Open(broker, inFlight, message, receipt, batched: false);
        await using var batched = await BarePath.Open(broker, inFlight, message, receipt, batched: true);
        Say($"sealed message {message} bytes, sealed receipt {receipt} bytes, on both sides; {rounds} rounds of {seconds} s, {Environment.ProcessorCount} cores; durable settings asserted");
        foreach (var way in (Way[])[bare.Exchange, batched.Exchange, nodes.Exchange]) await Load.Run(inFlight, warmUp / 2, way.Invoke);

        await Task.Delay(Settled);
        var (before, since) = (await nodes.Commits(), Stopwatch.GetTimestamp());
        await Task.Delay(Settled);
        var idle = (await nodes.Commits() - before) / Stopwatch.GetElapsedTime(since).TotalSeconds;
        Say($"commits of both idle nodes: {idle:F1}/s, taken off below for the time in which the nodes have no work");

        await Alone(nodes, bare, rounds, options.Number("--alone", Math.Max(1, seconds / 2)), idle);
        await InFlight(nodes, bare, batched, await ProcessorTime.Of(nodes.Xa.Database, await broker.Process()), rounds, seconds, inFlight, idle);
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

    private static async Task InFlight(
        NodePair nodes, BarePath bare, BarePath batched, ProcessorTime time, int rounds, double seconds, int inFlight, double idle)
    {
        List<(Measured Own, Measured Bare, Measured Batched)> measured = [];
        async Task<Measured> Measure(Way exchange)
        {
            var before = time.Now();
            var load = await Load.Run(inFlight, seconds, exchange.Invoke);
            return new(load, (time.Now() - before) / load.Exchanges);
        }

        var (commits, background) = await Counted(nodes, idle, async () =>
        {
            for (var round = 1; round <= rounds; round++)
            {
                var (one, together) = (await Measure(bare.Exchange), await Measure(batched.Exchange));
                measured.Add((await Measure(nodes.Exchange), one, together));
                Say($"  in flight, round {round}: nodes {measured[^1].Own.Load.Rate:N0}/s, bare one by one {one.Load.Rate:N0}/s, batched {together.Load.Rate:N0}/s; ms an exchange: nodes {measured[^1].Own.Text}, bare {one.Text}, batched {together.Text}");
            }

            return (measured.Sum(m => m.Own.Load.Exchanges), measured.Sum(m => m.Own.Load.Exchanges / m.Own.Load.Rate));
        });
        Against("bare one by one", 0.6, m => m.Bare);
        Against("bare, batched", 0.3, m => m.Batched);
        Say($"exchange, {inFlight} in flight, commits in both databases: {commits:F2} per exchange (read-only ones too; idle nodes would make {background:F2} in that time), goal at most 0.5 that write, at 64: {(commits <= 0.5 ? "met" : "not shown to be met")}");

        void Against(string beside, double floor, Func<(Measured Own, Measured Bare, Measured Batched), Measured> of)
        {
            var (rates, times) = (measured.ConvertAll(m => m.Own.Load.Rate / of(m).Load.Rate), measured.ConvertAll(m => of(m).Time.Total / m.Own.Time.Total));
            Say($"exchange, {inFlight} in flight: nodes {Median(measured.Select(m => m.Own.Load.Rate)):N0}/s, {beside} {Median(measured.Select(m => of(m).Load.Rate)):N0}/s, ratio {Median(rates):F2} [{rates.Min():F2} .. {rates.Max():F2}], {Rounds.Against(Median(rates), floor)}");
            Say($"  processor time: nodes {Median(measured.Select(m => m.Own.Time.Total)):F2} ms an exchange, {beside} {Median(measured.Select(m => of(m).Time.Total)):F2} ms, ratio {Median(times):F2} [{times.Min():F2} .. {times.Max():F2}]");
        }
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

    private delegate Task Way(CancellationToken cancellation);

    /// <summary>A round and the processor time of one exchange in it, milliseconds.</summary>
    private readonly record struct Measured(Load Load, Spent Time)
    {
        public FormattableString Text => $"{Time.Total:F2} = {Time.Client:F2} + {Time.Database:F2} + {Time.Broker:F2}";
    }
}

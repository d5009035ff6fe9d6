using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using static MlatExchange.Benchmarks.Rounds;

namespace MlatExchange.Benchmarks.Functions;

/// <summary>Pure functions on one core by BenchmarkDotNet, in this process, and their floors beside the medians.</summary>
internal static class FunctionTimes
{
    private static readonly (Type Of, double Floor)[] Compared = [(typeof(Steps5To10), 0.85), (typeof(Steps1To10), 0.7), (typeof(NodeHashTime), 0.8)];

    /// <summary>Two million assessments of a mixed corpus: twenty iterations of fifty rounds over two thousand requests, the warm-up besides.</summary>
    public static void RunCorpus()
    {
        // The usual ten minutes would not do on a busy machine.
        var job = Job.Default.WithToolchain(new InProcessEmitToolchain(TimeSpan.FromHours(2), logOutput: true)).WithLaunchCount(1).WithWarmupCount(3).WithIterationCount(20).WithInvocationCount(50).WithUnrollFactor(1);
        var report = BenchmarkRunner.Run<AssessmentCorpus>(DefaultConfig.Instance.AddJob(job)).Reports.Single();
        var assessed = report.AllMeasurements.Where(m => m is { IterationMode: IterationMode.Workload, IterationStage: IterationStage.Actual }).Sum(m => m.Operations);
        Say($"{assessed:N0} assessments of a mixed corpus: median {report.ResultStatistics!.Median / 1000:F1} us, {report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)} bytes allocated each");
    }

    /// <param name="options">Options of BenchmarkDotNet; none runs all.</param>
    public static void Run(string[] options)
    {
        var config = DefaultConfig.Instance.AddJob(Job.MediumRun.WithToolchain(InProcessEmitToolchain.Instance));
        string[] all = options.Contains("--filter") ? options : ["--filter", "*", .. options];
        var reports = BenchmarkSwitcher.FromTypes([.. Compared.Select(c => c.Of), typeof(AssessmentTime)]).Run(all, config).SelectMany(summary => summary.Reports).ToList();
        double Nanoseconds(Type of, bool baseline) => reports
            .Where(r => r.BenchmarkCase.Descriptor.Type == of && r.BenchmarkCase.Descriptor.Baseline == baseline).Select(r => r.ResultStatistics?.Median ?? double.NaN).FirstOrDefault(double.NaN);
        foreach (var (of, floor) in Compared)
        {
            var (own, bare) = (Nanoseconds(of, false), Nanoseconds(of, true));
            if (!double.IsNaN(own + bare)) Say($"{of.Name}: own {own / 1000:F2} us, bare {bare / 1000:F2} us, ratio of rates {bare / own:F2}, {Against(bare / own, floor)}");
        }

        var assessment = Nanoseconds(typeof(AssessmentTime), false) / 1000;
        if (!double.IsNaN(assessment)) Say($"Assessment of ten items: {assessment:F1} us, at most 20: {(assessment <= 20 ? "met" : "MISSED")}");
        var bytes = reports.Where(r => r.BenchmarkCase.Descriptor.Type == typeof(AssessmentTime)).Select(r => r.GcStats.GetBytesAllocatedPerOperation(r.BenchmarkCase)).FirstOrDefault();
        if (bytes is { } allocated) Say($"Assessment of ten items: {allocated} bytes allocated, at most 4096: {(allocated <= 4096 ? "met" : "MISSED")}");
    }
}

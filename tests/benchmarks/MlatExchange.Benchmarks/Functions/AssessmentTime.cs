using BenchmarkDotNet.Attributes;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.RulePacks;

namespace MlatExchange.Benchmarks.Functions;

/// <summary>The rules of the pack <c>eev@3</c> over a request of ten items.</summary>
[MemoryDiagnoser]
public class AssessmentTime
{
    private static readonly RulePack Pack = RulePackLoader.Load(File.ReadAllBytes(Path.Combine(PackFolder(), "eev@3.json"))).Value ?? throw new InvalidOperationException("eev@3.json is no pack.");
    private static readonly AssessmentContext Context = new(Side.Requesting, new(2026, 9, 1), ["EEV"]);

    private static readonly RequestFacts Facts = new(
        "EEV",
        new("XB", "xb-central"),
        new("XA", "xa-prosecutor", "public-prosecutor"),
        [new("EEV", "4(1)")],
        new(48, "fraud", true, null),
        "criminal-proceedings",
        new("none", null, false),
        [new("p1", "LED6a", "suspect", "XB")],
        [
            .. Enumerable.Range(1, 10).Select(i => i % 2 == 0
                ? new ItemFacts($"i{i}", "subscriber", "produce", "USER_ID", null, null, "p1", ["USER_INFORMATION"])
                : new ItemFacts($"i{i}", "traffic", "produce", "IPV_4", new(2026, 5, 1), new(2026, 5, 31), "p1", [])),
        ],
        new("identify-the-user", true, true),
        new(365, "final-judgment", 180, "destroy-and-certify", "XA Data Protection (Justice) Act 12"),
        [new("UseOnlyFor", ["i1", "i2"], true)],
        new(false, null),
        "en",
        true,
        null,
        true,
        "xa-judge");

    [Benchmark]
    public AssessmentResult TenItems() => PackAssessment.Assess(Facts, Pack, Context);

    internal static string PackFolder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "contracts", "rule-packs");
            if (File.Exists(Path.Combine(folder, "eev@3.json"))) return folder;
        }

        throw new FileNotFoundException("contracts/rule-packs is not above the program; run it from a clone.");
    }
}

using BenchmarkDotNet.Attributes;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.RulePacks;

namespace MlatExchange.Benchmarks.Functions;

/// <summary>
/// Requests of every instrument and size, of all kinds of issuer, persons, categories and gaps, made once from a fixed seed; each under the newest pack of its instrument. A round
/// assesses all of them, so no request is met again before two thousand others.
/// </summary>
[MemoryDiagnoser]
public class AssessmentCorpus
{
    /// <summary>Requests in one round.</summary>
    public const int Size = 2000;

    private static readonly AssessmentContext Context = new(Side.Requesting, new(2026, 9, 1), ["EEV", "EIO", "BC", "2AP", "UNTOC", "BILATERAL"]);
    private static readonly RulePackSet Packs = new(Directory.GetFiles(AssessmentTime.PackFolder(), "*@*.json").Select(file => RulePackLoader.Load(File.ReadAllBytes(file)).Value ?? throw new InvalidOperationException($"{file} is no pack.")));
    private static readonly (RequestFacts Facts, RulePack Pack)[] Requests = [.. Made().Select(facts => (facts, Packs.For(facts.Instrument)!))];

    [Benchmark(OperationsPerInvoke = Size)]
    public int Mixed()
    {
        var blocks = 0;
        foreach (var (facts, pack) in Requests)
            blocks += PackAssessment.Assess(facts, pack, Context).Outcome == Outcome.Block ? 1 : 0;
        return blocks;
    }

    private static IEnumerable<RequestFacts> Made()
    {
        var random = new Random(20261122);
        T One<T>(params T[] of) => of[random.Next(of.Length)];
        for (var n = 0; n < Size; n++)
        {
            var instrument = One("EEV", "EEV", "EEV", "EIO", "EIO", "BC29", "BC31", "2AP7", "2AP8", "2AP9", "2AP10", "UNTOC", "BILATERAL:XA-XC");
            var addressee = instrument.StartsWith("BILATERAL", StringComparison.Ordinal) ? "XC" : "XB";
            var persons = Enumerable.Range(1, random.Next(1, 8)).Select(i => new PersonFacts(
                $"p{i}", One("LED6a", "LED6a", "LED6c", "LED6d"), "other", One("XA", "XB", "unknown"), One(false, false, true), One(null, null, null, "lawyer", "journalist", "unknown"))).ToArray();
            var from = new DateOnly(2024, 1, 1).AddDays(random.Next(700));
            yield return new(
                instrument, new(addressee, $"{addressee.ToLowerInvariant()}-central"), new("XA", "xa-prosecutor", One("public-prosecutor", "judge-court-or-investigating-judge", "other-competent-authority")),
                [new(instrument, "1"), new("national", "88a", "XA")], new(One<int?>(12, 36, 60, null), One(null, "fraud", "sexual-exploitation-of-children", "unknown"), One<bool?>(true, false, null), One(null, "2011/93 Art 5")),
                "criminal-proceedings", new(One("none", "none", "urgent", "emergency"), One(null, "imminent-threat-to-life"), One(true, false)), persons,
                [
                    .. Enumerable.Range(1, random.Next(1, 21)).Select(i => new ItemFacts(
                        $"i{i}", One("subscriber", "identification", "traffic", "content", "financial"), instrument == "BC29" ? "preserve" : "produce", "USER_ID", from, from.AddDays(random.Next(500)), One(persons).Ref, [])),
                ],
                new("identify-the-user", One(true, true, false), One<bool?>(true, true, null)), new(One(365, 1095), "final-judgment", One<int?>(180, null), "destroy-and-certify", "XA Data Protection (Justice) Act 12"),
                [new("Confidential", ["i1"]), new("NoOnward", ["i1"])], new(One(true, false), One<int?>(60, null)), One("en", "fr"), true, One<bool?>(true, null), true, "xa-judge");
        }
    }
}

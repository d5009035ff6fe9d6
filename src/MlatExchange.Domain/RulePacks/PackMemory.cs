using System.Globalization;
using System.Runtime.CompilerServices;
using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

/// <summary>
/// What a pack has said before where it would say the same of any other request: most rules pass most requests, and a finding that names neither an item nor a value of
/// the request is made once. It goes when the pack goes.
/// </summary>
internal sealed class PackMemory
{
    /// <summary>More than a rule can say of closed sets of codes; beyond it nothing is kept, so that no request can make a node remember without end.</summary>
    private const int MostPerRule = 32;

    private static readonly ConditionalWeakTable<RulePack, PackMemory> Memories = [];

    private readonly Said[][] rules;

    private PackMemory(RulePack pack)
    {
        rules = new Said[pack.Rules.Count][];
        Array.Fill(rules, []);
        (ValidUntil, ReviewBy, Instrument) = (Day("pack.validUntil", pack.ValidUntil), Day("pack.reviewBy", pack.ReviewBy), new($"instrument={pack.Instrument}"));
    }

    public FixedFacts ValidUntil { get; }

    public FixedFacts ReviewBy { get; }

    public FixedFacts Instrument { get; }

    public static PackMemory Of(RulePack pack) => Memories.GetValue(pack, static of => new(of));

    /// <summary>The finding of rule <paramref name="rule"/> for a verdict that depends on variant, fixed facts and language alone; null the first time.</summary>
    public Finding? Recall(int rule, string variant, FixedFacts? facts, string language)
    {
        foreach (var said in Volatile.Read(ref rules[rule]))
        {
            if (ReferenceEquals(said.Variant, variant) && ReferenceEquals(said.Facts, facts) && said.Language == language)
                return said.Finding;
        }

        return null;
    }

    public Finding Keep(int rule, string variant, FixedFacts? facts, string language, Finding finding)
    {
        var before = Volatile.Read(ref rules[rule]);
        // Of two threads one may overwrite what the other kept; it is made again the next time.
        if (before.Length < MostPerRule) Volatile.Write(ref rules[rule], [.. before, new(variant, facts, language, finding)]);
        return finding;
    }

    private static FixedFacts Day(string path, DateOnly day) => new($"{path}={day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");

    private sealed record Said(string Variant, FixedFacts? Facts, string Language, Finding Finding);
}

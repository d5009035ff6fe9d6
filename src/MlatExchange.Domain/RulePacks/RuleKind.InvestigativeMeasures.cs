using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

public abstract partial record RuleKind
{
    /// <summary>
    /// Every item is one of the measures the instrument lists (EIO Annex A, section C), each with its own article. An item that asks for what no measure
    /// covers fails; one that does not say which of several measures it means is unknown.
    /// </summary>
    public sealed record InvestigativeMeasures(IReadOnlyList<InvestigativeMeasure> Measures) : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass", "measures"), new("fail", "items"), new("unknown", "items")];

        internal override Verdict Apply(Question question)
        {
            var read = new List<string>(question.Items.Length);
            var named = new SortedSet<string>(StringComparer.Ordinal);
            List<string>? none = null, several = null;
            foreach (var item in question.Items)
            {
                if (!question.Covers(item))
                    continue;
                var (found, missing) = Of(item);
                if (missing || found.Count == 0)
                    (none ??= []).Add(item.Ref);
                else if (found.Count > 1 && item.Options.Count == 0)
                    (several ??= []).Add(item.Ref);
                read.Add($"items/{item.Ref}/measure={(found.Count == 0 ? "none" : string.Join('+', found.Select(m => m.Code)))}");
                named.UnionWith(found.Select(m => $"{m.Code} ({m.Source})"));
            }

            return (none, several) switch
            {
                ({ } items, _) => Named(Truth.False, "fail", [.. items, .. several ?? []], read),
                (_, { } items) => Named(Truth.Unknown, "unknown", items, read),
                _ => new(Truth.True, "pass") { Facts = read, Values = [("measures", string.Join(", ", named))] },
            };
        }

        /// <summary>The measures an item asks for, and whether some option of it is no measure at all.</summary>
        private (List<InvestigativeMeasure> Found, bool Missing) Of(ItemFacts item)
        {
            var found = new List<InvestigativeMeasure>(1);
            var covered = 0;
            foreach (var measure in Measures)
            {
                if (measure.Measure != item.Measure || !measure.Categories.Contains(item.DataCategory))
                    continue;
                var options = measure.Options.Count == 0 ? item.Options.Count : item.Options.Count(measure.Options.Contains);
                if (options == 0 && item.Options.Count > 0)
                    continue;
                found.Add(measure);
                covered += options;
            }

            return (found, covered < item.Options.Count);
        }
    }

    /// <summary>A measure the instrument lists.</summary>
    /// <param name="Code">Such as <c>banking-operations</c>.</param>
    /// <param name="Source">Its article, such as <c>EIO 27</c>.</param>
    /// <param name="Measure"><c>produce</c> or <c>preserve</c>.</param>
    /// <param name="Options">What of these categories it covers; empty for all.</param>
    public sealed record InvestigativeMeasure(
        string Code, string Source, string Measure, IReadOnlyList<string> Categories, IReadOnlyList<string> Options);
}

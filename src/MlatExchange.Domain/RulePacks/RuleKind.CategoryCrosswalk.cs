using System.Collections.Frozen;
using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

public abstract partial record RuleKind
{
    /// <summary>
    /// What one scheme calls a category of data is never silently what another calls so. Each item's category must be one class of the instrument's
    /// own scheme, and a label from elsewhere must cover that category and nothing else; a label that covers more leaves open what is meant.
    /// </summary>
    /// <param name="Classes">Classes of the instrument's scheme, such as the Convention's three, and the data categories each is sure to be.</param>
    /// <param name="Labels">Labels of other schemes and the data categories each may mean.</param>
    public sealed record CategoryCrosswalk(
        IReadOnlyDictionary<string, IReadOnlyList<string>> Classes, IReadOnlyDictionary<string, IReadOnlyList<string>> Labels) : RuleKind
    {
        private readonly FrozenSet<string> classed = Classes.Values.SelectMany(categories => categories).ToFrozenSet(StringComparer.Ordinal);

        internal override IReadOnlyList<Variant> Variants =>
        [
            new("pass"), new("unclassed", "items", "categories", "classes"), new("mismatch", "items", "label", "categories"),
            new("unknown", "items", "label", "categories"),
        ];

        internal override Verdict Apply(Question question)
        {
            List<ItemFacts>? unclassed = null, mismatched = null, open = null;
            foreach (var item in question.Items)
            {
                if (!question.Covers(item))
                    continue;
                if (!classed.Contains(item.DataCategory))
                    (unclassed ??= []).Add(item);
                if (item.Label is null)
                    continue;
                var covers = Labels.GetValueOrDefault(item.Label);
                if (covers is not null && !covers.Contains(item.DataCategory))
                    (mismatched ??= []).Add(item);
                else if (covers is not { Count: 1 })
                    (open ??= []).Add(item);
            }

            return (mismatched, unclassed, open) switch
            {
                ({ } items, _, _) => Said(question, Truth.False, "mismatch", items, unclassed, open),
                (_, { } items, _) => Said(question, Truth.False, "unclassed", items, null, open),
                (_, _, { } items) => Said(question, Truth.Unknown, "unknown", items, null, null),
                _ => new(Truth.True, "pass"),
            };
        }

        private Verdict Said(Question question, Truth truth, string variant, List<ItemFacts> items, List<ItemFacts>? besides, List<ItemFacts>? open) => new(truth, variant)
        {
            Items = [.. items.Concat(besides ?? []).Concat(open ?? []).Select(i => i.Ref).Distinct(StringComparer.Ordinal)],
            Facts = [.. items.Concat(besides ?? []).Concat(open ?? []).Distinct().Select(i => $"items/{i.Ref}/dataCategory={i.DataCategory} label={i.Label ?? "none"}")],
            Values =
            [
                ("items", string.Join(", ", items.Select(i => i.Ref))),
                ("categories", Words.Of(items.Select(i => i.DataCategory), question.Language)),
                ("label", string.Join(", ", items.Select(i => i.Label).Distinct())),
                ("classes", string.Join(", ", Classes.Keys)),
            ],
        };
    }
}

using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

public abstract partial record RuleKind
{
    /// <summary>Every item is of a data category the instrument covers.</summary>
    public sealed record DataCategoryCovered(IReadOnlyList<string> Categories) : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail", "items")];

        internal override Verdict Apply(Question question) => Each(question, Categories, static (i, categories) => categories.Contains(i.DataCategory), static i => $"items/{i.Ref}/dataCategory={i.DataCategory}");
    }

    /// <summary>Every item asks for the one measure the instrument knows.</summary>
    public sealed record MeasureCovered(string Measure) : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail", "items")];

        internal override Verdict Apply(Question question) => Each(question, Measure, static (i, measure) => i.Measure == measure, static i => $"items/{i.Ref}/measure={i.Measure}");
    }

    /// <summary>
    /// No item asks for a longer range than is usual for its data category. Days count inclusively, from first to last. A range without
    /// beginning or end is of unknown width.
    /// </summary>
    public sealed record RangeWidth(IReadOnlyList<WidthLimit> Limits) : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail", "items", "width", "limit"), new("unknown", "items")];

        internal override Verdict Apply(Question question)
        {
            List<string>? wide = null, open = null, read = null;
            var (widest, limit) = (0, 0);
            foreach (var item in question.Items)
            {
                if (!question.Covers(item) || LimitOf(item) is not { } most)
                    continue;
                var width = item is { From: { } from, To: { } to } ? to.DayNumber - from.DayNumber + 1 : (int?)null;
                if (width <= most)
                    continue;
                (read ??= []).Add($"items/{item.Ref}/width={width?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown"}");
                (width is null ? open ??= [] : wide ??= []).Add(item.Ref);
                if (width > widest)
                    (widest, limit) = (width.Value, most);
            }

            if (wide is not null)
            {
                return new(Truth.False, "fail")
                {
                    Facts = read!,
                    Items = [.. wide, .. open ?? []],
                    Values = [("items", string.Join(", ", wide)), ("width", $"{widest}"), ("limit", $"{limit}")],
                };
            }

            return open is not null
                ? new(Truth.Unknown, "unknown") { Facts = read!, Items = open, Values = [("items", string.Join(", ", open))] }
                : new(Truth.True, "pass");
        }

        private int? LimitOf(ItemFacts item)
        {
            for (var i = 0; i < Limits.Count; i++)
            {
                if (Limits[i].Categories.Contains(item.DataCategory))
                    return Limits[i].Days;
            }

            return null;
        }
    }

    /// <summary>The widest range, in days, that passes for some data categories.</summary>
    public sealed record WidthLimit(IReadOnlyList<string> Categories, int Days);

    private static Verdict Each<T>(Question question, T wanted, Func<ItemFacts, T, bool> holds, Func<ItemFacts, string> fact)
    {
        List<string>? items = null, read = null;
        foreach (var item in question.Items)
        {
            if (!question.Covers(item) || holds(item, wanted))
                continue;
            (items ??= []).Add(item.Ref);
            (read ??= []).Add(fact(item));
        }

        return items is null
            ? new(Truth.True, "pass")
            : new(Truth.False, "fail") { Items = items, Facts = read!, Values = [("items", string.Join(", ", items))] };
    }
}

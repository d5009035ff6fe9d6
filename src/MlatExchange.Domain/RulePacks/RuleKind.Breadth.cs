using System.Collections.Frozen;
using System.Numerics;
using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

public abstract partial record RuleKind
{
    /// <summary>No more than so many persons in one request.</summary>
    public sealed record PersonsWidth(int Most) : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail", "persons", "limit")];

        internal override Verdict Apply(Question question) => question.Persons.Length <= Most
            ? new(Truth.True, "pass")
            : new(Truth.False, "fail")
            {
                Facts = [$"persons.count={question.Persons.Length}"],
                Values = [("persons", Printed(question.Persons.Length)), ("limit", Printed(Most))],
            };
    }

    private static readonly FrozenDictionary<string, int> CategoryBits =
        Codes.DataCategories.Order(StringComparer.Ordinal).Select((category, bit) => (category, bit)).ToFrozenDictionary(pair => pair.category, pair => pair.bit, StringComparer.Ordinal);

    /// <summary>
    /// About one person no more than so many data categories are asked for together: each may be proportionate and the whole a profile. Items about
    /// nobody known count as about one.
    /// </summary>
    public sealed record CategoriesTogether(int Most) : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail", "items", "categories", "limit")];

        internal override Verdict Apply(Question question)
        {
            // With no more items than that nobody can be asked about in more categories: the common case costs nothing.
            if (question.Items.Length <= Most)
                return new(Truth.True, "pass");
            List<ItemFacts>? wide = null;
            for (var i = 0; i < question.Items.Length; i++)
            {
                if (question.Covers(question.Items[i]) && IsFirstOf(question, i) && BitOperations.PopCount(CategoriesOf(question, i)) > Most)
                    (wide ??= []).AddRange(Of(question, question.Items[i].Person));
            }

            return wide is null
                ? new(Truth.True, "pass")
                : new(Truth.False, "fail")
                {
                    Items = [.. wide.Select(i => i.Ref)],
                    Facts = [.. wide.Select(i => $"items/{i.Ref}/dataCategory={i.DataCategory}")],
                    Values =
                    [
                        ("items", string.Join(", ", wide.Select(i => i.Ref))),
                        ("categories", Words.Of(wide.Select(i => i.DataCategory), question.Language)),
                        ("limit", Printed(Most)),
                    ],
                };
        }

        private static IEnumerable<ItemFacts> Of(Question question, string? person) => question.Items.Where(item => item.Person == person && question.Covers(item));

        private static bool IsFirstOf(in Question question, int at)
        {
            for (var i = 0; i < at; i++)
            {
                if (question.Items[i].Person == question.Items[at].Person && question.Covers(question.Items[i]))
                    return false;
            }

            return true;
        }

        /// <summary>One bit for each data category asked for about the person of this item.</summary>
        private static ulong CategoriesOf(in Question question, int at)
        {
            var categories = 0UL;
            for (var i = at; i < question.Items.Length; i++)
            {
                if (question.Items[i].Person == question.Items[at].Person && question.Covers(question.Items[i]))
                    categories |= 1UL << CategoryBits[question.Items[i].DataCategory];
            }

            return categories;
        }
    }
}

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
            foreach (var person in question.Items.Where(question.Covers).GroupBy(i => i.Person))
            {
                if (person.Select(i => i.DataCategory).Distinct(StringComparer.Ordinal).Count() > Most)
                    (wide ??= []).AddRange(person);
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
    }
}

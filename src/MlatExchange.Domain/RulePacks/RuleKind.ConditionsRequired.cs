using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

public abstract partial record RuleKind
{
    /// <summary>Items about those who need protection carry conditions on their use.</summary>
    /// <param name="Subjects">Which items.</param>
    /// <param name="Conditions">Groups of condition types: of each group the item needs at least one.</param>
    public sealed record ConditionsRequired(ProtectedSubjects Subjects, IReadOnlyList<IReadOnlyList<string>> Conditions) : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail", "items", "conditions")];

        internal override Verdict Apply(Question question)
        {
            List<string>? bare = null;
            SortedSet<string>? missing = null;
            foreach (var item in question.Items)
            {
                if (!question.Covers(item) || !Protected(question, item))
                    continue;
                if (Lacking(question.Facts, item) is not { Count: > 0 } lacking)
                    continue;
                (bare ??= []).Add(item.Ref);
                (missing ??= new(StringComparer.Ordinal)).UnionWith(lacking);
            }

            return bare is null
                ? new(Truth.True, "pass")
                : new(Truth.False, "fail")
                {
                    Items = bare,
                    Facts = [.. missing!.Select(m => $"conditions.missing={m}")],
                    Values = [("items", string.Join(", ", bare)), ("conditions", string.Join(", ", missing!))],
                };
        }

        private List<string> Lacking(RequestFacts facts, ItemFacts item) =>
            [.. Conditions.Where(group => !Carries(facts, item, group)).Select(group => string.Join('/', group))];

        private bool Protected(Question question, ItemFacts item) => Subjects == ProtectedSubjects.SpecialCategories
            ? item.SpecialCategory || item.DataCategory == "health"
            : question.PersonOf(item) is { } person && (person.Minor || person.Category == Codes.Victim);

        private static bool Carries(RequestFacts facts, ItemFacts item, IReadOnlyList<string> group)
        {
            foreach (var condition in facts.Conditions)
            {
                if (group.Contains(condition.Type) && condition.Items.Contains(item.Ref))
                    return true;
            }

            return false;
        }
    }

    /// <summary>Whose data need conditions.</summary>
    public enum ProtectedSubjects
    {
        /// <summary>Victims (LED 6(c)) and minors of any category.</summary>
        VictimsAndMinors,

        /// <summary>Special categories of data (LED 10); health data are, whatever the draft says.</summary>
        SpecialCategories,
    }
}

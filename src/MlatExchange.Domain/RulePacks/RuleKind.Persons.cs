using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

public abstract partial record RuleKind
{
    /// <summary>Most requests name no more suspects or third parties than that, and say the same of them.</summary>
    private const int FewPersons = 4;

    private static readonly FixedFacts[] Few =
        [.. Enumerable.Range(0, (FewPersons + 1) * (FewPersons + 1)).Select(at => new FixedFacts(Counted(at / (FewPersons + 1), at % (FewPersons + 1))))];

    private static string[] Counted(int suspects, int others) => [$"persons.suspects={suspects}", $"persons.thirdParties={others}"];

    /// <summary>
    /// Third parties do not outnumber suspects. Only where a suspect is named (before that everybody may be a third party) and something beyond
    /// preservation is asked.
    /// </summary>
    public sealed record ThirdParties : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("none"), new("fail", "thirdParties", "suspects")];

        internal override Verdict Apply(Question question)
        {
            var (suspects, others) = (0, 0);
            foreach (var person in question.Persons)
            {
                suspects += person.Category == "LED6a" ? 1 : 0;
                others += person.Category == "LED6d" ? 1 : 0;
            }

            if (suspects == 0)
                return new(Truth.True, "none");
            IReadOnlyList<string> read = suspects <= FewPersons && others <= FewPersons ? Few[(suspects * (FewPersons + 1)) + others] : Counted(suspects, others);
            return others <= suspects
                ? new(Truth.True, "pass") { Facts = read }
                : new(Truth.False, "fail") { Facts = read, Values = [("thirdParties", $"{others}"), ("suspects", $"{suspects}")] };
        }
    }

    /// <summary>No item is about a person whose profession carries this privilege or immunity.</summary>
    public sealed record Privilege(IReadOnlyList<string> Professions) : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail", "items", "profession"), new("unknown", "items")];

        internal override Verdict Apply(Question question)
        {
            List<string>? privileged = null, open = null, read = null;
            var profession = "";
            foreach (var item in question.Items)
            {
                if (!question.Covers(item) || question.PersonOf(item) is not { Profession: { } declared } person)
                    continue;
                var carries = Professions.Contains(declared);
                if (!carries && declared != Codes.Unknown)
                    continue;
                profession = carries ? declared : profession;
                (carries ? privileged ??= [] : open ??= []).Add(item.Ref);
                (read ??= []).Add($"persons/{person.Ref}/profession={declared}");
            }

            if (privileged is not null)
            {
                return new(Truth.False, "fail")
                {
                    Facts = read!,
                    Items = [.. privileged, .. open ?? []],
                    Values = [("items", string.Join(", ", privileged)), ("profession", Words.Of(profession, question.Language))],
                };
            }

            return open is not null
                ? new(Truth.Unknown, "unknown") { Facts = read!, Items = open, Values = [("items", string.Join(", ", open))] }
                : new(Truth.True, "pass");
        }
    }

    private static readonly ReadFact Nature = new("offence.nature", Codes.OffenceNatures);

    /// <summary>The offence is not of a nature on which assistance may be refused, such as a political offence.</summary>
    public sealed record OffenceNature(IReadOnlyList<string> Natures) : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail", "nature"), new("unknown")];

        internal override Verdict Apply(Question question)
        {
            var nature = question.Facts.Offence.Nature;
            var read = Nature.Of(nature);
            if (nature == Codes.Unknown)
                return new(Truth.Unknown, "unknown") { Facts = read };
            return nature is null || !Natures.Contains(nature)
                ? new(Truth.True, "pass") { Facts = read }
                : new(Truth.False, "fail") { Facts = read, Values = [("nature", Words.Of(nature, question.Language))] };
        }
    }
}

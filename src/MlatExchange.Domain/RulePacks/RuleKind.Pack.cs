using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Jurisdictions;

namespace MlatExchange.Domain.RulePacks;

public abstract partial record RuleKind
{
    /// <summary>The pack may still be applied today: counsel answers for it up to a day, not for ever.</summary>
    public sealed record PackValidity : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail", "day")];

        internal override Verdict Apply(Question question) => Until(question.Pack.ValidUntil, question.Memory.ValidUntil, question);
    }

    /// <summary>The review of the pack is not overdue.</summary>
    public sealed record PackReview : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail", "day")];

        internal override Verdict Apply(Question question) => Until(question.Pack.ReviewBy, question.Memory.ReviewBy, question);
    }

    /// <summary>The instrument is in force between the two jurisdictions.</summary>
    public sealed record InstrumentInForce : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail", "jurisdiction"), new("unknown", "jurisdiction")];

        internal override Verdict Apply(Question question)
        {
            var facts = question.Facts;
            var read = question.Memory.Instrument;
            var truth = question.Context.InForce is not { } inForce ? Truth.Unknown
                : Instruments.InForce(facts.Instrument, inForce) && Instruments.Between(facts.Instrument, facts.Issuer.Jurisdiction, facts.Addressee.Jurisdiction)
                    ? Truth.True : Truth.False;
            return truth == Truth.True
                ? new(truth, "pass") { Facts = read }
                : new(truth, truth == Truth.False ? "fail" : "unknown")
                {
                    Facts = [.. read, $"addressee.jurisdiction={facts.Addressee.Jurisdiction}"],
                    Values = [("jurisdiction", facts.Addressee.Jurisdiction)],
                };
        }
    }

    /// <summary>The legal basis cites the instrument the request names, and no other: where several apply they are not mixed in silently.</summary>
    public sealed record LegalBasisCited : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail"), new("mixed", "others")];

        internal override Verdict Apply(Question question)
        {
            var own = false;
            var read = new string[question.Facts.LegalBasis.Count];
            List<string>? others = null;
            for (var i = 0; i < read.Length; i++)
            {
                var basis = question.Facts.LegalBasis[i];
                read[i] = $"legalBasis={basis.Instrument} {basis.Article}";
                if (Instruments.SameTreaty(basis.Instrument, question.Facts.Instrument))
                    own = true;
                else if (basis.Instrument != Instruments.National)
                    (others ??= []).Add(basis.Instrument);
            }

            if (!own)
                return new(Truth.False, "fail") { Facts = read };
            return others is null
                ? new(Truth.True, "pass") { Facts = read }
                : new(Truth.False, "mixed") { Facts = read, Values = [("others", string.Join(", ", others.Distinct(StringComparer.Ordinal)))] };
        }
    }

    private static Verdict Until(DateOnly last, FixedFacts read, Question question) => question.Context.Today <= last
        ? new(Truth.True, "pass") { Facts = read }
        : new(Truth.False, "fail") { Facts = read, Values = [("day", last.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))] };
}

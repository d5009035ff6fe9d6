using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

public abstract partial record RuleKind
{
    /// <summary>The instrument asks for no dual criminality, because nothing but preservation is asked (BC 29(3)).</summary>
    public sealed record DualCriminalityNotRequired : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass")];

        internal override Verdict Apply(Question question) => new(Truth.True, "pass") { DualCriminality = "not required for preservation" };
    }

    /// <summary>The requested side may ask whether the conduct is an offence there too; no fact of the request answers it, so it says so and passes.</summary>
    public sealed record DualCriminalityOpen : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass")];

        internal override Verdict Apply(Question question) => new(Truth.True, "pass") { DualCriminality = "may be checked by the requested side" };
    }

    private static readonly ReadFact AnnexCategory = new("offence.annexCategory", Codes.AnnexCategories);

    /// <summary>
    /// Dual criminality is not checked for an offence of a listed category punishable by at least so many months (EEV 12(1)(d), EIO 11(1)(g));
    /// otherwise the requested side may check it, which no fact of the request can answer for it.
    /// </summary>
    public sealed record DualCriminalityUnlessListed(int Months) : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("listed", "months"), new("open", "months"), new("unknown", "months")];

        internal override Verdict Apply(Question question)
        {
            var offence = question.Facts.Offence;
            var listed = offence.AnnexCategory switch { null => Truth.False, Codes.Unknown => Truth.Unknown, _ => Truth.True };
            var grave = offence.MaxPenaltyMonths is not { } months ? Truth.Unknown : months >= Months ? Truth.True : Truth.False;
            var exempt = Least(listed, grave);
            return new(exempt == Truth.Unknown ? Truth.Unknown : Truth.True, exempt switch { Truth.True => "listed", Truth.False => "open", _ => "unknown" })
            {
                Facts = [AnnexCategory.Text(offence.AnnexCategory), $"offence.maxPenaltyMonths={Printed(offence.MaxPenaltyMonths)}"],
                Values = [("months", Printed(Months))],
                DualCriminality = exempt switch
                {
                    Truth.True => $"not checked: listed category and at least {Months} months",
                    Truth.False => "may be checked by the requested side",
                    _ => "unknown: category or maximum penalty is not known",
                },
            };
        }
    }
}

using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

public abstract partial record RuleKind
{
    private static readonly ReadFact ViaInformationSystem = ReadFact.Flag("offence.viaInformationSystem");

    /// <summary>
    /// The offence is grave enough, or listed, for what is asked (EEV 5(4)). Branches are tried in order; the first that surely opens the request
    /// is named in the result. A branch that might open it makes the answer unknown, never a pass.
    /// </summary>
    /// <param name="Execution">What is needed besides where the request serves the execution of a sentence; null where such requests do not qualify.</param>
    public sealed record OffenceThreshold(IReadOnlyList<ThresholdBranch> Branches, ExecutionBranch? Execution) : RuleKind
    {
        internal override bool NeedsScope => true;

        internal override IReadOnlyList<Variant> Variants =>
        [
            new("pass", "branch"),
            new("fail", "months", "limit", "categories", "items"),
            new("sentence", "limit", "categories", "items"),
            new("unknown", "limit", "categories", "items"),
        ];

        internal override Verdict Apply(Question question)
        {
            var facts = question.Facts;
            var (truth, branch, certainty) = Opened(facts.Offence);
            IReadOnlyList<string> read =
            [
                $"offence.maxPenaltyMonths={Printed(facts.Offence.MaxPenaltyMonths)}", $"offence.directive={facts.Offence.Directive ?? "none"}",
                ViaInformationSystem.Text(facts.Offence.ViaInformationSystem),
            ];
            var variant = truth switch { Truth.True => "pass", Truth.False => "fail", _ => "unknown" };
            int? limit = null;
            if (facts.Proceedings == Codes.ExecutionOfSentence)
            {
                read = [.. read, $"sentence.months={Printed(facts.Sentence?.Months)}"];
                var served = Served(facts.Sentence?.Months);
                if (truth != Truth.False && served == Truth.False)
                    (variant, limit) = ("sentence", Execution?.Months ?? 0);
                else if (truth == Truth.True && served == Truth.Unknown)
                    variant = "unknown";
                else if (truth == Truth.True)
                    branch = Execution!.Source;
                truth = served < truth ? served : truth;
            }

            if (truth == Truth.True)
                return new(truth, variant) { Facts = read, Branch = branch, Certainty = certainty, Values = [("branch", branch!)] };
            var items = question.Covered();
            return new(truth, variant)
            {
                Facts = read,
                Items = items,
                Certainty = certainty,
                Values =
                [
                    ("months", Printed(facts.Offence.MaxPenaltyMonths)), ("limit", Printed(limit ?? PenaltyMonths)), ("categories", question.Categories()),
                    ("items", string.Join(", ", items)),
                ],
            };
        }

        /// <summary>Maximum penalty asked for by the first branch that asks for one; the number a sentence names.</summary>
        private int PenaltyMonths => Branches.OfType<ThresholdBranch.Penalty>().First().Months;

        private (Truth Truth, string? Branch, Certainty Certainty) Opened(OffenceFacts offence)
        {
            var (best, least) = (Truth.False, Certainty.V);
            for (var i = 0; i < Branches.Count; i++)
            {
                var branch = Branches[i];
                var opens = branch.Opens(offence);
                if (opens == Truth.True)
                    return (opens, branch.Source, branch.Certainty);
                best = opens > best ? opens : best;
                least = branch.Certainty > least ? branch.Certainty : least;
            }

            return (best, null, least);
        }

        private Truth Served(int? months) => (Execution, months) switch
        {
            (null, _) => Truth.False,
            (_, null) => Truth.Unknown,
            _ => months >= Execution.Months ? Truth.True : Truth.False,
        };
    }

    /// <summary>What the execution of a sentence needs besides: its length in months (EEV 5(4)(d)).</summary>
    public sealed record ExecutionBranch(string Source, int Months);
}

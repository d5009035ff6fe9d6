using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

public abstract partial record RuleKind
{
    private static readonly ReadFact ProceedingsKind = new("proceedings", Codes.Proceedings);

    /// <summary>
    /// Criminal proceedings; or the execution of a sentence of some length, not rendered in absentia, of a person who absconded (EEV 2(2)).
    /// </summary>
    /// <param name="SentenceMonths">Least length of the sentence; null where execution does not qualify.</param>
    public sealed record ProceedingsCovered(int? SentenceMonths) : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail"), new("unknown")];

        internal override Verdict Apply(Question question)
        {
            var read = ProceedingsKind.Of(question.Facts.Proceedings);
            if (question.Facts.Proceedings == Codes.CriminalProceedings)
                return new(Truth.True, "pass") { Facts = read };
            var sentence = question.Facts.Sentence;
            var length = SentenceMonths is not { } least ? Truth.False
                : sentence?.Months is not { } months ? Truth.Unknown : months >= least ? Truth.True : Truth.False;
            var truth = Least(length, Least(Of(sentence?.InAbsentia, false), Of(sentence?.Absconded, true)));
            return new(truth, truth switch { Truth.True => "pass", Truth.False => "fail", _ => "unknown" })
            {
                Facts =
                [
                    .. read, $"sentence.months={Printed(sentence?.Months)}", $"sentence.inAbsentia={Printed(sentence?.InAbsentia)}",
                    $"sentence.absconded={Printed(sentence?.Absconded)}",
                ],
            };
        }
    }

    private static Truth Of(bool? flag, bool wanted) => flag is null ? Truth.Unknown : flag == wanted ? Truth.True : Truth.False;

    private static Truth Least(Truth one, Truth other) => one < other ? one : other;
}

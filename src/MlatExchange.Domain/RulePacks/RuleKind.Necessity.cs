using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

public abstract partial record RuleKind
{
    private static readonly ReadFact SimilarDomestic = ReadFact.Flag("necessity.couldBeOrderedInSimilarDomesticCase");
    private static readonly ReadFact Intended = ReadFact.Flag("intendsMutualAssistance");
    private static readonly ReadFact FactsGiven = ReadFact.Flag("factsStated");
    private static readonly ReadFact CustodianGiven = ReadFact.Flag("custodianStated");
    private static readonly ReadFact LessIntrusiveGiven = ReadFact.Flag("necessity.lessIntrusiveStated");
    private static readonly ReadFact UrgencyKind = new("urgency.kind", Codes.UrgencyKinds);

    /// <summary>The measure could have been ordered in a similar domestic case.</summary>
    public sealed record SimilarDomesticMeasure : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail"), new("unknown")];

        internal override Verdict Apply(Question question) =>
            Known(question.Facts.Necessity.CouldBeOrderedInSimilarDomesticCase, SimilarDomestic);
    }

    /// <summary>The requesting side intends to ask for mutual assistance afterwards (BC 29(2)(f)); not saying so leaves it unknown.</summary>
    public sealed record AssistanceIntended : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail"), new("unknown")];

        internal override Verdict Apply(Question question) => Known(question.Facts.IntendsMutualAssistance, Intended);
    }

    /// <summary>A text the instrument asks for was given. Whether it convinces is for the official who reads it.</summary>
    public sealed record Stated(StatedMember Member) : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail")];

        internal override Verdict Apply(Question question)
        {
            var (fact, given) = Member switch
            {
                StatedMember.Facts => (FactsGiven, question.Facts.FactsStated),
                StatedMember.Custodian => (CustodianGiven, question.Facts.CustodianStated),
                _ => (LessIntrusiveGiven, question.Facts.Necessity.LessIntrusiveStated),
            };
            return new(given ? Truth.True : Truth.False, given ? "pass" : "fail") { Facts = fact.Of(given) };
        }
    }

    /// <summary>Texts a rule may ask for.</summary>
    public enum StatedMember
    {
        Facts,
        Custodian,
        LessIntrusive,
    }

    /// <summary>Where an emergency is claimed, it is one the pack knows and its grounds are stated.</summary>
    public sealed record EmergencyGrounds : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("none"), new("fail"), new("unknown")];

        internal override Verdict Apply(Question question)
        {
            var urgency = question.Facts.Urgency;
            if (urgency.Kind != Codes.Emergency)
                return new(Truth.True, "none") { Facts = UrgencyKind.Of(urgency.Kind) };
            string[] read = [$"urgency.threat={urgency.Threat ?? "unknown"}", $"urgency.groundsStated={Printed(urgency.GroundsStated)}"];
            if (!question.Emergency)
                return new(Truth.Unknown, "unknown") { Facts = read };
            return new(urgency.GroundsStated ? Truth.True : Truth.False, urgency.GroundsStated ? "pass" : "fail") { Facts = read };
        }
    }

    private static Verdict Known(bool? flag, ReadFact fact) => new(
        Of(flag, true), flag switch { true => "pass", false => "fail", null => "unknown" }) { Facts = fact.Of(flag) };
}

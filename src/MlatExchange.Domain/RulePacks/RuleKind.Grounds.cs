using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

public abstract partial record RuleKind
{
    private static readonly ReadFact Prior = new("offence.priorProceedings", Codes.PriorProceedings);
    private static readonly ReadFact Rights = new("fundamentalRights", Codes.FundamentalRights);
    private static readonly ReadFact Urgent = new("urgency.kind", Codes.UrgencyKinds);

    /// <summary>Nobody was finally judged for the same acts (EEV 12(1)(c), EIO 11(1)(d)); proceedings that still run are said apart from a judgment.</summary>
    public sealed record PriorProceedings : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail"), new("pending"), new("unknown")];

        internal override Verdict Apply(Question question)
        {
            var prior = question.Facts.Offence.PriorProceedings;
            return prior switch
            {
                null => new(Truth.True, "pass") { Facts = Prior.Of(prior) },
                Codes.Unknown => new(Truth.Unknown, "unknown") { Facts = Prior.Of(prior) },
                "pending" => new(Truth.False, "pending") { Facts = Prior.Of(prior) },
                _ => new(Truth.False, "fail") { Facts = Prior.Of(prior) },
            };
        }
    }

    /// <summary>Nothing speaks for a breach of a fundamental right in the executing State (EEV 12(1)(b), EIO 11(1)(f)).</summary>
    public sealed record FundamentalRights : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail"), new("manifest"), new("unknown")];

        internal override Verdict Apply(Question question)
        {
            var alert = question.Facts.FundamentalRights;
            return alert switch
            {
                null => new(Truth.True, "pass") { Facts = Rights.Of(alert) },
                Codes.Unknown => new(Truth.Unknown, "unknown") { Facts = Rights.Of(alert) },
                "manifest-breach" => new(Truth.False, "manifest") { Facts = Rights.Of(alert) },
                _ => new(Truth.False, "fail") { Facts = Rights.Of(alert) },
            };
        }
    }

    /// <summary>The way is open in an emergency as the pack defines it, and only then (2AP 9, 10); a threat not known leaves it open.</summary>
    public sealed record EmergencyRequired : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail"), new("unknown")];

        internal override Verdict Apply(Question question)
        {
            var urgency = question.Facts.Urgency;
            if (urgency.Kind != Codes.Emergency)
                return new(Truth.False, "fail") { Facts = Urgent.Of(urgency.Kind) };
            string[] read = [$"urgency.threat={urgency.Threat ?? "unknown"}"];
            if (question.Emergency)
                return new(Truth.True, "pass") { Facts = read };
            return urgency.Threat is null or Codes.Unknown ? new(Truth.Unknown, "unknown") { Facts = read } : new(Truth.False, "fail") { Facts = read };
        }
    }
}

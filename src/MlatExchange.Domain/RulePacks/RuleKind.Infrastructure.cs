using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

public abstract partial record RuleKind
{
    /// <summary>
    /// Data in an infrastructure that the provider runs for somebody whom the instrument protects: a public authority (EEV 5(8)) or a privileged professional (EEV 5(9)).
    /// </summary>
    /// <param name="Refused">What the instrument does not let be ordered, such as data of a public authority outside the issuing State.</param>
    public sealed record Infrastructure(IReadOnlyList<string> Refused) : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail", "items"), new("unknown", "items")];

        internal override Verdict Apply(Question question)
        {
            List<string>? refused = null, open = null, read = null;
            foreach (var item in question.Items)
            {
                if (item.Infrastructure is not { } infrastructure || !question.Covers(item))
                    continue;
                if (Refused.Contains(infrastructure))
                    (refused ??= []).Add(item.Ref);
                else if (infrastructure == Codes.Unknown)
                    (open ??= []).Add(item.Ref);
                (read ??= []).Add($"items/{item.Ref}/infrastructure={infrastructure}");
            }

            return (refused, open) switch
            {
                ({ } items, _) => Named(Truth.False, "fail", [.. items, .. open ?? []], read!),
                (_, { } items) => Named(Truth.Unknown, "unknown", items, read!),
                _ => read is null ? new(Truth.True, "pass") : new(Truth.True, "pass") { Facts = read },
            };
        }
    }
}

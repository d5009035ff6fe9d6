using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

public abstract partial record RuleKind
{
    /// <summary>The controller of the data is asked before a processor; a processor only for a reason that the instrument knows (EEV 5(6)).</summary>
    public sealed record ControllerFirst : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("processor", "items"), new("fail", "items"), new("unknown", "items")];

        internal override Verdict Apply(Question question)
        {
            List<string>? bare = null, open = null, excused = null, read = null;
            foreach (var item in question.Items)
            {
                if (!question.Covers(item) || item.Holder is null or "controller")
                    continue;
                (item.Holder switch { "processor" => bare ??= [], Codes.Unknown => open ??= [], _ => excused ??= [] }).Add(item.Ref);
                (read ??= []).Add($"items/{item.Ref}/holder={item.Holder}");
            }

            return (bare, open, excused) switch
            {
                ({ } failing, _, _) => Named(Truth.False, "fail", [.. failing, .. open ?? []], read!),
                (_, { } doubtful, _) => Named(Truth.Unknown, "unknown", doubtful, read!),
                (_, _, { } reasons) => new(Truth.True, "processor") { Facts = read!, Values = [("items", string.Join(", ", reasons))] },
                _ => new(Truth.True, "pass"),
            };
        }
    }

    /// <summary>The request is in a language that the addressee's jurisdiction accepts (EIO 5(2), EEV 27); one that the pack does not list is not known.</summary>
    /// <param name="Accepted">Primary language subtags per jurisdiction.</param>
    public sealed record LanguageAccepted(IReadOnlyDictionary<string, IReadOnlyList<string>> Accepted) : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants =>
            [new("pass"), new("fail", "language", "jurisdiction", "accepted"), new("unknown", "jurisdiction")];

        internal override Verdict Apply(Question question)
        {
            var (language, addressee) = (question.Facts.Language, question.Facts.Addressee.Jurisdiction);
            string[] read = [$"language={language}", $"addressee.jurisdiction={addressee}"];
            if (!Accepted.TryGetValue(addressee, out var accepted))
                return new(Truth.Unknown, "unknown") { Facts = read, Values = [("jurisdiction", addressee)] };
            var primary = language.AsSpan(0, language.IndexOf('-', StringComparison.Ordinal) is var at and > 0 ? at : language.Length);
            for (var i = 0; i < accepted.Count; i++)
            {
                if (primary.SequenceEqual(accepted[i]))
                    return new(Truth.True, "pass") { Facts = read };
            }

            return new(Truth.False, "fail")
            {
                Facts = read,
                Values = [("language", language), ("jurisdiction", addressee), ("accepted", string.Join(", ", accepted))],
            };
        }
    }

    private static readonly ReadFact Onward = new("onwardTransfer", Codes.OnwardTransfers);

    /// <summary>
    /// Evidence goes on to another State or organisation only with the prior consent of whoever supplied it (2AP 14(10), LED 35(1)(e)); and a plan to
    /// pass on what the same request promises to keep contradicts itself.
    /// </summary>
    public sealed record OnwardTransfer : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("consent"), new("fail"), new("contradiction", "items"), new("unknown")];

        internal override Verdict Apply(Question question)
        {
            var plan = question.Facts.OnwardTransfer;
            var read = Onward.Of(plan);
            if (plan is null)
                return new(Truth.True, "pass") { Facts = read };
            if (plan == Codes.Unknown)
                return new(Truth.Unknown, "unknown") { Facts = read };
            if (plan == "without-prior-consent")
                return new(Truth.False, "fail") { Facts = read };
            var kept = question.Facts.Conditions.Where(c => c.Type == "NoOnward").SelectMany(c => c.Items).Distinct(StringComparer.Ordinal).ToList();
            return kept.Count == 0 ? new(Truth.True, "consent") { Facts = read } : Named(Truth.False, "contradiction", kept, read);
        }
    }

    private static Verdict Named(Truth truth, string variant, IReadOnlyList<string> items, IReadOnlyList<string> read) =>
        new(truth, variant) { Items = items, Facts = read, Values = [("items", string.Join(", ", items))] };
}

using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

public abstract partial record RuleKind
{
    private static readonly ReadFact Trigger = new("retention.trigger", Codes.Triggers);
    private static readonly ReadFact Disposal = new("retention.disposal", Codes.Disposals);
    private static readonly FixedFacts NoReview = new("retention.reviewEveryDays=none");
    private static readonly FixedFacts NoDelay = new("notice.delay=false", "notice.reviewAfterDays=none");

    /// <summary>The request carries its own retention terms, with the law they rest on; the instrument has none (law 1.4).</summary>
    public sealed record RetentionStated : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail")];

        internal override Verdict Apply(Question question)
        {
            var terms = question.Facts.Retention;
            var stated = terms.MaximumDays > 0 && terms.Trigger.Length > 0 && terms.Disposal.Length > 0 && !string.IsNullOrWhiteSpace(terms.LegalReference);
            return new(stated ? Truth.True : Truth.False, stated ? "pass" : "fail")
            {
                Facts = [$"retention.maximumDays={terms.MaximumDays}", Trigger.Text(terms.Trigger), Disposal.Text(terms.Disposal)],
            };
        }
    }

    /// <summary>Storage is reviewed at intervals.</summary>
    public sealed record RetentionReviewed : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass", "days"), new("fail")];

        internal override Verdict Apply(Question question) => question.Facts.Retention.ReviewEveryDays is { } days
            ? new(Truth.True, "pass") { Facts = [$"retention.reviewEveryDays={days}"], Values = [("days", $"{days}")] }
            : new(Truth.False, "fail") { Facts = NoReview };
    }

    /// <summary>Storage has an end that somebody now living may see: a term of a century is storage without end.</summary>
    /// <param name="MostDays">Longest storage in days from the trigger.</param>
    public sealed record RetentionEnds(int MostDays) : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass", "days"), new("fail", "days", "limit")];

        internal override Verdict Apply(Question question)
        {
            var days = question.Facts.Retention.MaximumDays;
            var ends = days <= MostDays;
            return new(ends ? Truth.True : Truth.False, ends ? "pass" : "fail") { Facts = [$"retention.maximumDays={days}"], Values = [("days", $"{days}"), ("limit", $"{MostDays}")] };
        }
    }

    /// <summary>Where telling the person is delayed, the delay is reviewed on a set day.</summary>
    public sealed record NoticeReviewed : RuleKind
    {
        internal override IReadOnlyList<Variant> Variants => [new("pass"), new("fail")];

        internal override Verdict Apply(Question question)
        {
            var notice = question.Facts.Notice;
            if (notice is { Delay: false, ReviewAfterDays: null })
                return new(Truth.True, "pass") { Facts = NoDelay };
            var reviewed = !notice.Delay || notice.ReviewAfterDays is not null;
            return new(reviewed ? Truth.True : Truth.False, reviewed ? "pass" : "fail")
            {
                Facts = [$"notice.delay={Printed(notice.Delay)}", $"notice.reviewAfterDays={(notice.ReviewAfterDays is { } d ? Printed(d) : "none")}"],
            };
        }
    }
}

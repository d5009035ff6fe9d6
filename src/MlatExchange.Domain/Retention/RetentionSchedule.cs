using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Retention;

/// <summary>When evidence must go, and when to look whether it is still needed.</summary>
public static class RetentionSchedule
{
    /// <summary>Trigger that happens by itself when the key arrives.</summary>
    public const string Receipt = "receipt";

    /// <summary>Triggers from the one that usually comes first to the one that comes last: the earlier is the stricter.</summary>
    private static readonly string[] ByTime = [Receipt, "final-judgment", "case-closure"];

    /// <summary>Disposals from the strictest to the mildest.</summary>
    private static readonly string[] ByStrictness = ["destroy-and-certify", "return-or-destroy", "return", "release"];

    /// <summary>
    /// End of the longest storage: the trigger plus the term in days of 24 hours, UTC. Counted by the hour and not to the end of the last local day,
    /// because a maximum must not be passed.
    /// </summary>
    public static DateTimeOffset Due(RetentionTerms terms, DateTimeOffset triggeredAt) => triggeredAt.AddDays(terms.MaximumDays);

    /// <summary>Latest instant of the next review; null where the terms ask for none. Reviews run whether or not the trigger happened (2AP 14(5)).</summary>
    public static DateTimeOffset? Review(IEnumerable<RetentionTerms> terms, DateTimeOffset lastLookedAt)
    {
        var shortest = terms.Select(term => term.ReviewEveryDays).Where(days => days is > 0).Min();
        return shortest is { } every ? lastLookedAt.AddDays(every) : null;
    }

    /// <summary>The stricter of what the requesting side asked for and what the supplier offers, member by member; the supplier's legal reference binds.</summary>
    public static RetentionTerms Stricter(RetentionTerms asked, RetentionTerms offered) => new(
        Math.Min(asked.MaximumDays, offered.MaximumDays),
        First(ByTime, asked.Trigger, offered.Trigger),
        (asked.ReviewEveryDays, offered.ReviewEveryDays) switch
        {
            ({ } one, { } other) => Math.Min(one, other),
            var (one, other) => one ?? other,
        },
        First(ByStrictness, asked.Disposal, offered.Disposal),
        offered.LegalReference);

    // A code that is not in the list counts as the supplier's word: it cannot be compared, and the offer binds.
    private static string First(string[] order, string asked, string offered) =>
        Array.IndexOf(order, asked) is var one and >= 0 && Array.IndexOf(order, offered) is var other and >= 0 && one < other ? asked : offered;
}

using System.Collections.Immutable;
using MlatExchange.Domain.Deadlines;

namespace MlatExchange.Domain.Execution;

/// <summary>When decisions were made, as far as clocks ask: per item, and how long a conflict with the law of a third country kept the order waiting.</summary>
/// <param name="First">When an item was first decided, by reference.</param>
/// <param name="Conflict">A conflict with the law of a third country (EEV 17); null where none was raised.</param>
public sealed record DecisionTimes(ImmutableDictionary<string, DateTimeOffset> First, ConflictOfLaws? Conflict = null)
{
    public static DecisionTimes None { get; } = new(ImmutableDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal));

    /// <summary>When the last of <paramref name="items"/> was first decided; null while one was not, or where there is none.</summary>
    public DateTimeOffset? Of(IReadOnlyList<string> items) => items.Count > 0 && items.All(First.ContainsKey) ? items.Max(item => First[item]) : null;

    internal DecisionTimes After(IReadOnlyList<ItemDecision> items, DateTimeOffset at) => new(
        First.AddRange(items.Where(item => !First.ContainsKey(item.Ref)).Select(item => KeyValuePair.Create(item.Ref, at))),
        Conflict is null && items.Any(ConflictOfLaws.Raises) ? new(at, null)
        : Conflict is { SettledAt: null } open && items.All(item => item.Outcome != ItemOutcome.Postponed) ? open with { SettledAt = at }
        : Conflict);
}

/// <summary>
/// The addressee said, with reasons, that execution would conflict with the law of a third country (EEV 17(2)): execution is suspended, and so is the clock of production, until a
/// decision is made all the same (EEV 17(3)).
/// </summary>
/// <param name="SettledAt">When an item was decided afterwards; null while the conflict stands.</param>
public sealed record ConflictOfLaws(DateTimeOffset RaisedAt, DateTimeOffset? SettledAt)
{
    /// <summary>The ground by which a decision to postpone raises it.</summary>
    public const string Ground = "third-country-conflict";

    /// <summary>Whether a decision raises one.</summary>
    public static bool Raises(ItemDecision item) => item is { Outcome: ItemOutcome.Postponed, Ground: Ground };

    /// <summary>Until when it may be raised.</summary>
    internal static CaseTerm Term(DeadlineTables tables, string jurisdiction, DateTimeOffset? delivered, DateTimeOffset? raised) =>
        tables.Term("eev-third-country-objection", jurisdiction, delivered, raised);
}

namespace MlatExchange.Domain.Deadlines;

/// <summary>That the enforcing authority was asked to enforce an order that was not complied with (EEV 16): it has five working days to decide on recognition (EEV 16(2)).</summary>
/// <param name="Items">References of the items.</param>
/// <param name="AskedAt">By the own log.</param>
/// <param name="AnsweredAt">When it decided; null while it has not.</param>
public sealed record EnforcementRequest(IReadOnlyList<string> Items, DateTimeOffset AskedAt, DateTimeOffset? AnsweredAt = null)
{
    internal EnforcementRequest Decided(DateTimeOffset at) => AnsweredAt is null ? this with { AnsweredAt = at } : this;

    internal CaseTerm Term(DeadlineTables tables, string jurisdiction) => tables.Term("eev-enforcement-recognition", jurisdiction, AskedAt, AnsweredAt);
}

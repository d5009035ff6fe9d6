namespace MlatExchange.Domain.Execution;

/// <summary>What the executing authority decides on one item (law: EIO 9 to 11, 15; EEV 12).</summary>
public enum ItemOutcome
{
    /// <summary>Will be executed as asked.</summary>
    Recognised,

    /// <summary>Will be executed under further conditions on use (EEV 12(4), BC 28(2)).</summary>
    WithConditions,

    /// <summary>Put off, with a ground; any other decision may follow (EIO 15).</summary>
    Postponed,

    /// <summary>Refused on a ground of the instrument: a legal answer, not an error.</summary>
    Refused,
}

/// <summary>The decision on one item, in codes.</summary>
/// <param name="Ref">The item's reference in the request.</param>
/// <param name="Ground">Ground as a code, such as <c>political-offence</c>; required when postponed or refused.</param>
/// <param name="Citation">Article the ground rests on, such as <c>BC 27(4)(a)</c>; required when refused.</param>
/// <param name="Conditions">Types of the further conditions; their values travel in the act and lie in the vault.</param>
public sealed record ItemDecision(string Ref, ItemOutcome Outcome, string? Ground, string? Citation, IReadOnlyList<string> Conditions)
{
    /// <summary>The same decision; lists are compared by content.</summary>
    public bool SameAs(ItemDecision other) =>
        (Ref, Outcome, Ground, Citation) == (other.Ref, other.Outcome, other.Ground, other.Citation) && Conditions.SequenceEqual(other.Conditions, StringComparer.Ordinal);
}

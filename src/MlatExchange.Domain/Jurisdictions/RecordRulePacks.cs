namespace MlatExchange.Domain.Jurisdictions;

/// <summary>Records the rule packs a node has started with, where they are not the ones it had.</summary>
/// <param name="Packs">In any order; kept by name.</param>
public sealed record RecordRulePacks(IReadOnlyList<PackInUse> Packs, DateTimeOffset At)
{
    public Decision<JurisdictionEvent> Decide(JurisdictionState state)
    {
        IReadOnlyList<PackInUse> sorted = [.. Packs.OrderBy(pack => pack.Pack, StringComparer.Ordinal)];
        return sorted.SequenceEqual(state.Packs) ? [] : [new JurisdictionEvent.RulePacksChanged(sorted, At)];
    }
}

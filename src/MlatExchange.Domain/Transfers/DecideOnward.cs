namespace MlatExchange.Domain.Transfers;

/// <summary>The supplying authority consents to an onward transfer or refuses it, by an act under its own key.</summary>
/// <param name="Asked">Digest of the message that asked.</param>
/// <param name="ActDigest">Digest of the onward-decision act.</param>
/// <param name="Conditions">Types of the further conditions that the consent sets.</param>
public sealed record DecideOnward(string Asked, string ActDigest, OnwardOutcome Outcome, IReadOnlyList<string> Conditions, Official By, DateTimeOffset At)
{
    public Decision<UseEvent> Decide(TransferUse use) => use switch
    {
        { Side: not UseSide.Supplier } => new NotPermitted(UseRules.SupplierOnly),
        _ when use.Onward.FirstOrDefault(known => known.Asked == Asked) is null => new NotPermitted(UseRules.NotAsked),
        _ when use.Onward.First(known => known.Asked == Asked).Answer is { } given => given.Outcome == Outcome ? [] : new NotPermitted(UseRules.OnwardDecidedAlready),
        _ when Outcome == OnwardOutcome.Refused && Conditions.Count > 0 => new NotPermitted(UseRules.ConditionsOfRefusal),
        _ => [new UseEvent.OnwardDecided(Asked, ActDigest, Outcome, Conditions, By, At)],
    };
}

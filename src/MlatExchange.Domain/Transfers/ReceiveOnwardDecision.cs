namespace MlatExchange.Domain.Transfers;

/// <summary>Takes in the supplier's signed answer about an onward transfer. It must speak of the very items that were asked about.</summary>
public sealed record ReceiveOnwardDecision(string Asked, string ActDigest, IReadOnlyList<string> Items, OnwardOutcome Outcome, IReadOnlyList<string> Conditions, DateTimeOffset At)
{
    public Decision<UseEvent> Decide(TransferUse use) => use.Onward.FirstOrDefault(known => known.Asked == Asked) switch
    {
        null => new NotPermitted(UseRules.NotAsked),
        { Answer: { } given } => given.Act == ActDigest ? [] : new NotPermitted(UseRules.OnwardDecidedAlready),
        { Items: var asked } when !asked.ToHashSet(StringComparer.Ordinal).SetEquals(Items) => new NotPermitted(UseRules.NotAsked),
        _ => [new UseEvent.OnwardDecisionReceived(Asked, ActDigest, Outcome, Conditions, At)],
    };
}

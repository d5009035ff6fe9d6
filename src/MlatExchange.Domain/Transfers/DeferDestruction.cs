namespace MlatExchange.Domain.Transfers;

/// <summary>The holder's node tells the supplier that a legal hold stands against its order to destroy: it is respected, and answered.</summary>
/// <param name="Until">When the first hold ends by itself; null where none does.</param>
public sealed record DeferDestruction(DateTimeOffset? Until, DateTimeOffset At)
{
    public Decision<UseEvent> Decide(TransferUse use) => use switch
    {
        { Side: not UseSide.Holder } or { Demand: null } => new NotPermitted(TransferRules.NoSuchTransfer),
        { Demand.Deferred: not null } => [],
        _ => [new UseEvent.DestructionDeferred(use.Demand.Act, Until, At)],
    };
}

/// <summary>Takes in the holder's word that a legal hold stands against an order to destroy.</summary>
/// <param name="Demand">Digest of the act that orders it.</param>
public sealed record NoteDeferral(string Demand, DateTimeOffset? Until, DateTimeOffset At)
{
    public Decision<UseEvent> Decide(TransferUse use) => use switch
    {
        { Side: not UseSide.Supplier } => new NotPermitted(TransferRules.NoSuchTransfer),
        { Demand: { } order } when order.Act == Demand => [new UseEvent.DestructionDeferralNoticed(Demand, Until, At)],
        _ => new NotPermitted(UseRules.NotAsked),
    };
}

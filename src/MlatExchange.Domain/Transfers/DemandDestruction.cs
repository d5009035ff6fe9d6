using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>
/// The supplying authority orders by an act under its own key that what it sent is destroyed: a court of its side says so, it objects, or it takes its conditions back. From
/// here on no key and no byte leaves. The reason goes to the vault.
/// </summary>
/// <param name="ActDigest">Digest of the destruction-order act.</param>
public sealed record DemandDestruction(string ActDigest, ErasureGround Ground, string LegalReference, Official By, DateTimeOffset At)
{
    public Decision<UseEvent> Decide(TransferUse use) => use switch
    {
        { Side: not UseSide.Supplier } => new NotPermitted(UseRules.SupplierOnly),
        { OfferAct: null } => new NotPermitted(TransferRules.OfferFirst),
        { EndedAt: not null } => new NotPermitted(TransferRules.IsCertified),
        _ when !Erasure.AtOnce(Ground) || Ground == ErasureGround.Remedy => new NotPermitted(UseRules.NotSuppliersGround),
        { Demand.Ground: var known } when known == Ground => [],
        _ => [new UseEvent.DestructionDemanded(ActDigest, Ground, LegalReference, At, By, At)],
    };
}

using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>Takes in the supplying authority's destruction-order act. Use ends here; the erasure follows by itself.</summary>
/// <param name="ActDigest">Digest of the act.</param>
public sealed record ReceiveDemand(string ActDigest, ErasureGround Ground, string LegalReference, DateTimeOffset NotBefore, DateTimeOffset At)
{
    public Decision<UseEvent> Decide(TransferUse use) => use switch
    {
        { Side: not UseSide.Holder } => new NotPermitted(TransferRules.NoSuchTransfer),
        { Demand.Act: var known } when known == ActDigest => [],
        _ => [new UseEvent.DestructionDemandReceived(ActDigest, Ground, LegalReference, NotBefore > At ? NotBefore : At, At)],
    };
}

using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>
/// Orders the destruction of everything held under the transfer. Logged first; carried out from <c>notBefore</c> on and never while a hold stands.
/// The reason in words goes to the vault.
/// </summary>
/// <param name="ObjectionTime">How long oversight may object on grounds that leave time; a setting of the node, 72 hours by default.</param>
/// <param name="LegalReference">The rule behind it, where something else than the retention terms or the ground itself says it.</param>
public sealed record OrderDestruction(ErasureGround Ground, TimeSpan ObjectionTime, Official By, DateTimeOffset At, string? LegalReference = null)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.Offered => TransferRules.OutOfOrder(transfer),
        HeldTransfer.DestructionOrdered s when s.Order.NotBefore <= NotBefore => [],
        HeldTransfer.InHand s when !s.Holding.Holds.IsEmpty => new NotPermitted(RetentionRules.HoldStands),
        HeldTransfer.UnderRetention s when Ground == ErasureGround.TermEnded && !(s.Holding.FirstDue <= At) => new NotPermitted(RetentionRules.NotDue),
        HeldTransfer.Accepted when Ground == ErasureGround.TermEnded => new NotPermitted(RetentionRules.NotDue),
        HeldTransfer.InHand s when Ground == ErasureGround.Review && s.Holding.LastReview?.Outcome != ReviewOutcome.NoLongerNecessary =>
            new NotPermitted(RetentionRules.ReviewFirst),
        HeldTransfer.InHand s => [new HoldingEvent.DestructionOrdered(Order(s.Holding), At)],
        HeldTransfer.Erasing or HeldTransfer.Destroyed or HeldTransfer.Certified => [],
        _ => TransferRules.OutOfOrder(transfer),
    };

    private DateTimeOffset NotBefore => Erasure.NotBefore(Ground, At, ObjectionTime);

    private ErasureOrder Order(Holding holding) => new(
        [.. holding.Offer.Items.Select(item => item.DataCategory).Distinct().Order(StringComparer.Ordinal)],
        holding.Offer.Items.Count,
        By,
        Ground,
        LegalReference ?? (Ground == ErasureGround.ValidationRefused ? "EEV 4(5)" : holding.DecidingTerms.LegalReference),
        NotBefore);
}

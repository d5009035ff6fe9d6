using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>Lets a legal hold stand longer. The reason goes to the vault; each renewal is a fact of its own.</summary>
/// <param name="Until">The new end, UTC; later than the one that stands.</param>
public sealed record RenewHold(Guid Hold, DateTimeOffset Until, Official By, DateTimeOffset At)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.InHand s when !s.Holding.Holds.TryGetValue(Hold, out _) => new NotPermitted(RetentionRules.NoSuchHold),
        HeldTransfer.InHand s when !LegalHold.MayEnd(Until, At) || s.Holding.Holds[Hold]?.Until >= Until => new NotPermitted(RetentionRules.HoldEnd),
        HeldTransfer.InHand => [new HoldingEvent.HoldRenewed(Hold, Until, By, At)],
        _ => TransferRules.OutOfOrder(transfer),
    };
}

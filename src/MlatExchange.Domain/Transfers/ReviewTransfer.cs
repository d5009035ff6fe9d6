using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>An official looks whether the evidence is still needed (2AP 14(5)). The reason goes to the vault. Each review is a fact of its own.</summary>
public sealed record ReviewTransfer(ReviewOutcome Outcome, Official By, DateTimeOffset At)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.UnderRetention s => [new HoldingEvent.Reviewed(Outcome, RetentionSchedule.Review(s.Holding.Terms, At), By, At)],
        _ => TransferRules.OutOfOrder(transfer),
    };
}

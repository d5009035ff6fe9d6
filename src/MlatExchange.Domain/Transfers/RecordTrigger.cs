using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>Records that the trigger of retention terms happened, such as the final judgment, and when each item is to be destroyed.</summary>
/// <param name="Trigger">Code of the trigger.</param>
/// <param name="TriggeredAt">When it happened, UTC; not ahead.</param>
public sealed record RecordTrigger(string Trigger, DateTimeOffset TriggeredAt, Official By, DateTimeOffset At)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.UnderRetention when TriggeredAt > At => new NotPermitted(RetentionRules.NoSuchTrigger),
        HeldTransfer.UnderRetention s when Waiting(s.Holding, Trigger).Any() =>
            Started(s.Holding, Trigger, TriggeredAt, By, At) is { } started ? [started] : [],
        HeldTransfer.UnderRetention => new NotPermitted(RetentionRules.NoSuchTrigger),
        _ => TransferRules.OutOfOrder(transfer),
    };

    /// <summary>The event for the items whose term counts from <paramref name="trigger"/> and has not started; null when there is none.</summary>
    internal static HoldingEvent.RetentionStarted? Started(Holding holding, string trigger, DateTimeOffset triggeredAt, Official? by, DateTimeOffset at)
    {
        var due = Waiting(holding, trigger)
            .Where(item => !holding.Dues.ContainsKey(item.Ref))
            .Select(item => new ItemDue(item.Ref, RetentionSchedule.Due(item.Retention, triggeredAt)))
            .ToList();
        return due.Count == 0 ? null : new HoldingEvent.RetentionStarted(trigger, triggeredAt, due, by, at);
    }

    private static IEnumerable<EvidenceItem> Waiting(Holding holding, string trigger) => holding.Offer.Items.Where(item => item.Retention.Trigger == trigger);
}

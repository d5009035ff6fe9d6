using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>The time of a review came and nobody has looked: from here on it stands in the list of what is overdue until someone does (2AP 14(5)).</summary>
public sealed record MarkReviewDue(DateTimeOffset At)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.UnderRetention { Holding.ReviewDue: not null } => [],
        HeldTransfer.UnderRetention s when s.Holding.NextReview(s.ReleasedAt) is { } due && due <= At => [new HoldingEvent.ReviewFellDue(due, At)],
        HeldTransfer.UnderRetention => new NotPermitted(RetentionRules.NotDue),
        _ => TransferRules.OutOfOrder(transfer),
    };
}

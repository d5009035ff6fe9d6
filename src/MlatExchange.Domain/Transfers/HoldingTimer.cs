using MlatExchange.Domain.Requests;
using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>
/// What a transfer comes to at the holder by itself: an offer lapses, a retention term ends and the destruction is ordered, and what came under a request that was withdrawn or
/// objected to is ordered to be destroyed at once. A review falls due. A legal hold keeps everything where it is, until its own time is over.
/// </summary>
public static class HoldingTimer
{
    /// <summary>The earliest instant at which something is to be done; the least instant where it is due already; null while nothing is.</summary>
    /// <param name="demand">The order to destroy that stands; null while none does.</param>
    public static DateTimeOffset? Next(HeldTransfer transfer, AssistanceRequest.Dispatched request, Demand? demand = null)
    {
        if (Owes(transfer, demand)) return DateTimeOffset.MinValue;
        var falls = Falls(transfer, request, demand);
        return transfer is HeldTransfer.InHand { Holding.HoldEnds: { } ends } && !(falls < ends) ? ends : falls;
    }

    /// <summary>Whether the supplier is to be told that a legal hold stands against its order (see <see cref="DeferDestruction"/>).</summary>
    public static bool Owes(HeldTransfer transfer, Demand? demand) => transfer is HeldTransfer.InHand { Holding.Holds.IsEmpty: false } and not HeldTransfer.Offered && demand is { Deferred: null };

    /// <summary>What is due at <paramref name="now"/>; nothing where nothing is.</summary>
    /// <param name="objectionTime">As in <see cref="OrderDestruction"/>.</param>
    /// <param name="node">The node acting for the holder, role <c>node</c>.</param>
    public static Decision<HoldingEvent> Fire(HeldTransfer transfer, AssistanceRequest.Dispatched request, TimeSpan objectionTime, Official node, DateTimeOffset now, Demand? demand = null)
    {
        if (Next(transfer, request, demand) is not { } due || due > now) return [];
        if (transfer is HeldTransfer.InHand s && s.Holding.Holds.Where(hold => hold.Value?.Until <= now).Select(hold => hold.Key).Order().ToList() is [var over, ..]) return new EndHold(over, now).Decide(transfer);
        if (Destroys(transfer, request, demand) is { } order && order.From <= now) return new OrderDestruction(order.Ground, objectionTime, node, now, order.LegalReference).Decide(transfer);
        return transfer switch
        {
            // What goes need not be reviewed any more; a hold keeps it, and then someone looks again.
            HeldTransfer.UnderRetention { DestructionDue: not null, Holding.Holds.IsEmpty: true } => new OrderDestruction(ErasureGround.TermEnded, objectionTime, node, now).Decide(transfer),
            HeldTransfer.UnderRetention { DestructionDue: null } u when u.Holding.FirstDue <= now => new MarkDestructionDue(now).Decide(transfer),
            HeldTransfer.UnderRetention => new MarkReviewDue(now).Decide(transfer),
            _ => new LapseOffer(now).Decide(transfer),
        };
    }

    /// <summary>
    /// Whether evidence held under the request may still be used (EEV 4(5), 10(4), 12(1)). It is restricted from the instant at which a validation is refused or its time is
    /// over, and not only once the withdrawal and the destruction that follow by themselves are written.
    /// </summary>
    public static bool MayUse(AssistanceRequest.Dispatched request, DateTimeOffset now) => Ground(request) is null && RequestTimer.Withdraws(request, now) is null;

    private static DateTimeOffset? Falls(HeldTransfer transfer, AssistanceRequest.Dispatched request, Demand? demand) =>
        Destroys(transfer, request, demand) is not { } order ? Falls(transfer)
        : transfer is HeldTransfer.InHand { Holding.Holds.IsEmpty: false } ? null
        // An order for a later day keeps nothing beyond its term.
        : order.From == DateTimeOffset.MinValue ? order.From : Earlier(order.From, Falls(transfer));

    private static DateTimeOffset? Falls(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.Offered s => s.Holding.Offer.ReleaseBy.AddMilliseconds(1),
        HeldTransfer.Accepted s => s.Holding.Offer.ReleaseBy.AddMilliseconds(1),
        HeldTransfer.UnderRetention s => Earlier(
            s.DestructionDue is null ? s.Holding.FirstDue : s.Holding.Holds.IsEmpty ? s.DestructionDue : null,
            s.Holding.ReviewDue is null ? s.Holding.NextReview(s.ReleasedAt) : null),
        _ => null,
    };

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    /// <summary>Why what is held must go, and from when; null where nothing is held, nothing speaks for it, or it is ordered at once already.</summary>
    private static (ErasureGround Ground, DateTimeOffset From, string? LegalReference)? Destroys(HeldTransfer transfer, AssistanceRequest.Dispatched request, Demand? demand)
    {
        var held = transfer switch
        {
            HeldTransfer.Accepted or HeldTransfer.UnderRetention => true,
            HeldTransfer.Lapsed s => !s.Holding.Fetched.IsEmpty,
            HeldTransfer.DestructionOrdered s => !Erasure.AtOnce(s.Order.Ground),
            _ => false,
        };
        return !held ? null
            : Ground(request) is { } ground ? (ground, DateTimeOffset.MinValue, null)
            : demand is { } order ? (order.Ground, order.NotBefore, order.LegalReference)
            : null;
    }

    private static ErasureGround? Ground(AssistanceRequest.Dispatched request) => request switch
    {
        AssistanceRequest.Withdrawn { Ground: WithdrawalGround.ValidationRefused or WithdrawalGround.ValidationLapsed } => ErasureGround.ValidationRefused,
        AssistanceRequest.Withdrawn => ErasureGround.RequestWithdrawn,
        { Dispatch.ObjectedAt: not null } => ErasureGround.Objection,
        _ => null,
    };
}

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
    public static DateTimeOffset? Next(HeldTransfer transfer, AssistanceRequest.Dispatched request)
    {
        var falls = Falls(transfer, request);
        return transfer is HeldTransfer.InHand { Holding.HoldEnds: { } ends } && !(falls < ends) ? ends : falls;
    }

    /// <summary>What is due at <paramref name="now"/>; nothing where nothing is.</summary>
    /// <param name="objectionTime">As in <see cref="OrderDestruction"/>.</param>
    /// <param name="node">The node acting for the holder, role <c>node</c>.</param>
    public static Decision<HoldingEvent> Fire(HeldTransfer transfer, AssistanceRequest.Dispatched request, TimeSpan objectionTime, Official node, DateTimeOffset now)
    {
        if (Next(transfer, request) is not { } due || due > now) return [];
        if (transfer is HeldTransfer.InHand s && s.Holding.Holds.Where(hold => hold.Value?.Until <= now).Select(hold => hold.Key).Order().ToList() is [var over, ..]) return new EndHold(over, now).Decide(transfer);
        if (Destroys(transfer, request) is { } ground) return new OrderDestruction(ground, objectionTime, node, now).Decide(transfer);
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

    private static DateTimeOffset? Falls(HeldTransfer transfer, AssistanceRequest.Dispatched request) => transfer switch
    {
        HeldTransfer.InHand s when Destroys(transfer, request) is not null => s.Holding.Holds.IsEmpty ? DateTimeOffset.MinValue : null,
        HeldTransfer.Offered s => s.Holding.Offer.ReleaseBy.AddMilliseconds(1),
        HeldTransfer.Accepted s => s.Holding.Offer.ReleaseBy.AddMilliseconds(1),
        HeldTransfer.UnderRetention s => Earlier(
            s.DestructionDue is null ? s.Holding.FirstDue : s.Holding.Holds.IsEmpty ? s.DestructionDue : null,
            s.Holding.ReviewDue is null ? s.Holding.NextReview(s.ReleasedAt) : null),
        _ => null,
    };

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    /// <summary>Why what is held must go at once; null where nothing is held, nothing speaks for it, or it is ordered already.</summary>
    private static ErasureGround? Destroys(HeldTransfer transfer, AssistanceRequest.Dispatched request) => transfer switch
    {
        HeldTransfer.Accepted or HeldTransfer.UnderRetention => Ground(request),
        HeldTransfer.Lapsed s when !s.Holding.Fetched.IsEmpty => Ground(request),
        HeldTransfer.DestructionOrdered { Order.Ground: not (ErasureGround.CourtOrder or ErasureGround.ValidationRefused or ErasureGround.Objection or ErasureGround.RequestWithdrawn) } => Ground(request),
        _ => null,
    };

    private static ErasureGround? Ground(AssistanceRequest.Dispatched request) => request switch
    {
        AssistanceRequest.Withdrawn { Ground: WithdrawalGround.ValidationRefused or WithdrawalGround.ValidationLapsed } => ErasureGround.ValidationRefused,
        AssistanceRequest.Withdrawn => ErasureGround.RequestWithdrawn,
        { Dispatch.ObjectedAt: not null } => ErasureGround.Objection,
        _ => null,
    };
}

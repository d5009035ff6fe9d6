using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>
/// Takes in JWE(B). From here on the items can be opened, so every obligation runs; terms that count from receipt start at once.
/// </summary>
/// <param name="ShareDigest">SHA-256 of JWE(B) as the key-release names it.</param>
public sealed record ReceiveShare(string ShareDigest, DateTimeOffset At)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.UnderRetention s => s.ShareDigest == ShareDigest ? [] : new NotPermitted(TransferRules.OtherShare),
        HeldTransfer.Accepted s => Take(s.Holding),
        // A key that was late on the way is out all the same, and must be under the obligations.
        HeldTransfer.Lapsed { Reason: LapseReason.NotReleased } s => Take(s.Holding),
        _ => TransferRules.OutOfOrder(transfer),
    };

    private Decision<HoldingEvent> Take(Holding holding) => RecordTrigger.Started(holding, RetentionSchedule.Receipt, At, null, At) is { } started
        ? [new HoldingEvent.ShareReceived(ShareDigest, At), started]
        : [new HoldingEvent.ShareReceived(ShareDigest, At)];
}

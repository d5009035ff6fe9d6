namespace MlatExchange.Domain.Requests;

/// <summary>Records a proof about the delivery of one of our messages: submission and relay by the own node, the others as received and verified.</summary>
/// <param name="MessageDigest">Digest of the message the receipt is about.</param>
/// <param name="Step">Name of the failed step when negative or stale.</param>
public sealed record RecordReceipt(ReceiptKind Receipt, string MessageDigest, string? Step, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request) => request switch
    {
        AssistanceRequest.Dispatched s when s.Dispatch.Receipts.Any(known => known.Receipt == Receipt && known.MessageDigest == MessageDigest) => [],
        // Also once closed or withdrawn: a late receipt is still a fact.
        AssistanceRequest.Dispatched => [new RequestEvent.ReceiptRecorded(Receipt, MessageDigest, Step, At)],
        _ => RequestRules.OutOfOrder(request),
    };
}

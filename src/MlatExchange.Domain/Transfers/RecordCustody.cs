namespace MlatExchange.Domain.Transfers;

/// <summary>Takes in a signed custody record of the prosecutor's tool: what became of a copy outside the node, or of the transfer key.</summary>
/// <param name="Record">Digest of the signed record.</param>
/// <param name="Copy">What it is and its random id, given by the tool, such as <c>opened-copy/…</c>.</param>
/// <param name="Ref">The item; null for a key, which opens every item.</param>
public sealed record RecordCustody(string Record, string Copy, CopyState State, Official By, DateTimeOffset At, string? Ref = null)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.Known s when s.Holding.CustodyRecords.Contains(Record) => [],
        HeldTransfer.Offered => TransferRules.OutOfOrder(transfer),
        // Also after the certificate: a copy found later is a fact.
        HeldTransfer.Known s when Ref is not null && s.Holding.Item(Ref) is null => new NotPermitted(TransferRules.NoSuchItem),
        HeldTransfer.Known => [new HoldingEvent.CustodyRecorded(Record, Copy, State, By, At, Ref)],
        _ => TransferRules.OutOfOrder(transfer),
    };
}

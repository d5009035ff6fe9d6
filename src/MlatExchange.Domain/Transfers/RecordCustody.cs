namespace MlatExchange.Domain.Transfers;

/// <summary>Takes in a signed custody record of the prosecutor's tool: what became of a copy outside the node, or of the transfer key.</summary>
/// <param name="Record">Digest of the signed record.</param>
/// <param name="Copy">Random id of the copy, given by the tool.</param>
public sealed record RecordCustody(string Record, string Copy, CopyState State, Official By, DateTimeOffset At)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.Known s when s.Holding.CustodyRecords.Contains(Record) => [],
        HeldTransfer.Offered => TransferRules.OutOfOrder(transfer),
        // Also after the certificate: a copy found later is a fact.
        HeldTransfer.Known => [new HoldingEvent.CustodyRecorded(Record, Copy, State, By, At)],
        _ => TransferRules.OutOfOrder(transfer),
    };
}

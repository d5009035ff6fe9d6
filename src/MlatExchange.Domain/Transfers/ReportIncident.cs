namespace MlatExchange.Domain.Transfers;

/// <summary>Either side reports that something went wrong. From this event on no key and no byte leaves here; the other side does the same when the notice arrives.</summary>
/// <param name="Notice">Digest of the incident notice.</param>
/// <param name="Items">References of the items concerned; none for the transfer as a whole.</param>
public sealed record ReportIncident(string Notice, IncidentKind Kind, IReadOnlyList<string> Items, Official By, DateTimeOffset At)
{
    // Also after the destruction: a copy that turns up later is an incident.
    public Decision<UseEvent> Decide(TransferUse use) => use switch
    {
        { Side: UseSide.Unknown } => new NotPermitted(TransferRules.NoSuchTransfer),
        _ when Items.Count > 0 && !use.Knows(Items) => new NotPermitted(TransferRules.NoSuchItem),
        _ => [new UseEvent.IncidentReported(Notice, Kind, Items, By, At)],
    };
}

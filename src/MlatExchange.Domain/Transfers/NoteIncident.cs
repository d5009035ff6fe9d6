namespace MlatExchange.Domain.Transfers;

/// <summary>Takes in the other side's incident notice. Items that are not known here are left out rather than the notice refused: harm is never reported in vain.</summary>
/// <param name="Notice">Digest of the incident notice.</param>
public sealed record NoteIncident(string Notice, IncidentKind Kind, IReadOnlyList<string> Items, DateTimeOffset At)
{
    public Decision<UseEvent> Decide(TransferUse use) => use switch
    {
        { Side: UseSide.Unknown } => new NotPermitted(TransferRules.NoSuchTransfer),
        _ when use.Incidents.Any(known => known.Notice == Notice) => [],
        _ => [new UseEvent.IncidentNoticed(Notice, Kind, [.. Items.Where(item => use.Item(item) is not null)], At)],
    };
}

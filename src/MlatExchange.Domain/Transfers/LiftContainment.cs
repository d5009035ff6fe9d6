namespace MlatExchange.Domain.Transfers;

/// <summary>A named official ends the withholding of keys after an incident, on this side alone; the other side's official answers for the other side. The reason goes to the vault.</summary>
/// <param name="Notice">Digest of the incident notice.</param>
public sealed record LiftContainment(string Notice, Official By, DateTimeOffset At)
{
    public Decision<UseEvent> Decide(TransferUse use) => use.Incidents.FirstOrDefault(known => known.Notice == Notice) switch
    {
        null => new NotPermitted(UseRules.NoSuchIncident),
        { LiftedAt: not null } => [],
        _ => [new UseEvent.ContainmentLifted(Notice, By, At)],
    };
}

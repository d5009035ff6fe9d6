namespace MlatExchange.Domain.Transfers;

/// <summary>Takes in the holder's report of use.</summary>
/// <param name="Report">Digest of the message.</param>
/// <param name="Purpose">The purpose that the evidence was asked for.</param>
public sealed record ReceiveUseReport(string Report, IReadOnlyList<ItemUses> Items, string Purpose, DateTimeOffset At)
{
    public Decision<UseEvent> Decide(TransferUse use) => use switch
    {
        { Side: not UseSide.Supplier } => new NotPermitted(UseRules.HolderOnly),
        { ReleasedAt: null } => new NotPermitted(UseRules.NotReleased),
        _ when !use.Knows([.. Items.Select(item => item.Ref)]) => new NotPermitted(TransferRules.NoSuchItem),
        _ => [new UseEvent.UseReportReceived(Report, Items, At), .. ReportUse.Outside(use, Items, Purpose, At)],
    };
}

namespace MlatExchange.Domain.Transfers;

/// <summary>
/// The holder reports what items were used for (2AP 14(8)). A use outside the purpose is reported like any other and is a breach that both sides see: to refuse the report would
/// hide it. Each report is a fact of its own.
/// </summary>
/// <param name="Purpose">The purpose that the evidence was asked for.</param>
public sealed record ReportUse(IReadOnlyList<ItemUses> Items, string Purpose, Official By, DateTimeOffset At)
{
    public Decision<UseEvent> Decide(TransferUse use) => use switch
    {
        { Side: not UseSide.Holder } => new NotPermitted(UseRules.HolderOnly),
        { ReleasedAt: null } => new NotPermitted(UseRules.NotReleased),
        _ when !use.Knows([.. Items.Select(item => item.Ref)]) => new NotPermitted(TransferRules.NoSuchItem),
        { ReleasedAt: { } released } when Items.SelectMany(item => item.Uses).Any(one => one.On < Day(released) || one.On > Day(At)) => new NotPermitted(UseRules.DayOutside),
        _ => [new UseEvent.UseReported(Items, By, At), .. Outside(use, Items, Purpose, At)],
    };

    /// <summary>A breach for each item that has the condition and was used for something else.</summary>
    internal static IEnumerable<UseEvent> Outside(TransferUse use, IReadOnlyList<ItemUses> items, string purpose, DateTimeOffset at) => items
        .Where(item => use.Item(item.Ref)!.Conditions.Contains("UseOnlyFor") && item.Uses.Any(one => one.Purpose != purpose))
        .Select(item => new UseEvent.BreachFound(BreachKind.OutsidePurpose, item.Ref, null, at));

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}

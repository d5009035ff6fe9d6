namespace MlatExchange.Domain.Transfers;

/// <summary>The holder asks the supplier whether items may go on to a third jurisdiction. Where the supplier ruled that out there is nothing to ask.</summary>
/// <param name="Asked">Digest of the message that asks.</param>
/// <param name="Own">The own jurisdiction.</param>
/// <param name="Supplier">The supplying jurisdiction.</param>
public sealed record RequestOnward(string Asked, IReadOnlyList<string> Items, OnwardRecipient To, string Purpose, string Own, string Supplier, Official By, DateTimeOffset At)
{
    public Decision<UseEvent> Decide(TransferUse use) => use switch
    {
        { Side: not UseSide.Holder } => new NotPermitted(UseRules.HolderOnly),
        { ReleasedAt: null } => new NotPermitted(UseRules.NotReleased),
        { EndedAt: not null } => new NotPermitted(Retention.RetentionRules.ErasureStarted),
        { Withheld: { } rule } => new NotPermitted(rule),
        _ when !use.Knows(Items) => new NotPermitted(TransferRules.NoSuchItem),
        _ when To.Jurisdiction == Own || To.Jurisdiction == Supplier => new NotPermitted(UseRules.NotOnward),
        _ when Items.Any(item => use.Item(item)!.Conditions.Contains("NoOnward")) => new NotPermitted(UseRules.NoOnward),
        _ when use.Onward.Any(open => open.Answer is null && open.To == To && open.Items.Intersect(Items).Any()) => new NotPermitted(UseRules.OnwardPending),
        _ => [new UseEvent.OnwardRequested(Asked, Items, To, Purpose, By, At)],
    };
}

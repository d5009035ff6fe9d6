namespace MlatExchange.Domain.Transfers;

/// <summary>Takes in the holder's question about an onward transfer. What the supplier ruled out is not asked; a node that asks all the same is refused.</summary>
/// <param name="Asked">Digest of the message that asks.</param>
public sealed record ReceiveOnwardRequest(string Asked, IReadOnlyList<string> Items, OnwardRecipient To, string Purpose, DateTimeOffset At)
{
    public Decision<UseEvent> Decide(TransferUse use) => use switch
    {
        { Side: not UseSide.Supplier } => new NotPermitted(UseRules.HolderOnly),
        { ReleasedAt: null } => new NotPermitted(UseRules.NotReleased),
        _ when use.Onward.Any(known => known.Asked == Asked) => [],
        _ when !use.Knows(Items) => new NotPermitted(TransferRules.NoSuchItem),
        _ when Items.Any(item => use.Item(item)!.Conditions.Contains("NoOnward")) => new NotPermitted(UseRules.NoOnward),
        _ => [new UseEvent.OnwardRequestReceived(Asked, Items, To, Purpose, At)],
    };
}

namespace MlatExchange.Domain.Transfers;

/// <summary>
/// Takes an act on an item into the chain of custody. An act against a condition is recorded like any other, because it was done, and is a breach at once; what does not fit the
/// chain is refused.
/// </summary>
/// <param name="Purpose">The purpose that the evidence was asked for.</param>
/// <param name="Own">The own jurisdiction.</param>
public sealed record RecordAct(CustodyStep Step, string Purpose, string Own, Official By, DateTimeOffset At)
{
    public Decision<TransferEvent> Decide(TransferUse use) => use switch
    {
        { Side: UseSide.Unknown } => new NotPermitted(TransferRules.NoSuchTransfer),
        _ when use.Custody.Links.Any(link => link.Told?.Record == Step.Record) => [],
        _ when Step.Ref is not null && use.Item(Step.Ref) is null => new NotPermitted(TransferRules.NoSuchItem),
        _ when Refusal(use) is { } rule => new NotPermitted(rule),
        _ => [Happened, .. Breaches(use)],
    };

    private TransferEvent Happened => Step.Act is CustodyAct.DisclosedToCourt or CustodyAct.DisclosedToDefence or CustodyAct.PassedOn or CustodyAct.Returned
        ? new UseEvent.ItemDisclosed(Step, By, At)
        : new UseEvent.ItemActed(Step, By, At);

    private Rule? Refusal(TransferUse use)
    {
        if (use.Custody.Head(Step.Ref, Step.Copy) is { } head)
            return head.IsLast ? CustodyRules.Ended : head.Record != Step.Previous ? CustodyRules.Predecessor : null;
        return Step.Act switch
        {
            CustodyAct.Collected or CustodyAct.Sealed => use is { Side: UseSide.Supplier, OfferAct: null } ? Step.Previous is null || Knows(use) ? null : CustodyRules.Predecessor : CustodyRules.Collection,
            CustodyAct.Opened or CustodyAct.Copied or CustodyAct.Kept or CustodyAct.Destroyed => Step.Ref is null || Knows(use) ? null : CustodyRules.Predecessor,
            _ => CustodyRules.CopyUnknown,
        };
    }

    private bool Knows(TransferUse use) => Step is { Ref: { } item, Previous: { } previous } && use.Custody.Knows(item, previous);

    private IEnumerable<TransferEvent> Breaches(TransferUse use)
    {
        if (use.Side != UseSide.Holder || use.Item(Step.Ref ?? "") is not { } item) yield break;
        if (Step.Purpose is { } purpose && purpose != Purpose && item.Conditions.Contains("UseOnlyFor")) yield return new UseEvent.BreachFound(BreachKind.OutsidePurpose, item.Ref, null, At);
        if (Step is { Act: CustodyAct.PassedOn, To: { } to } && to.Jurisdiction != Own && to.Jurisdiction != use.Counterpart && !Consented(use, item, to))
            yield return new UseEvent.BreachFound(BreachKind.OnwardWithoutConsent, item.Ref, null, At);
    }

    /// <summary>Onward transfer needs the supplier's consent whatever the conditions say (2AP 14(10)); where they rule it out, none can have been given.</summary>
    private static bool Consented(TransferUse use, EvidenceItem item, OnwardRecipient to) => !item.Conditions.Contains("NoOnward")
        && use.Onward.Any(question => question.Answer?.Outcome == OnwardOutcome.Granted && question.Items.Contains(item.Ref) && question.To.Jurisdiction == to.Jurisdiction && (question.To.Authority ?? to.Authority) == to.Authority);
}

using MlatExchange.Domain.Transfers;

namespace MlatExchange.Specs.Transfers;

/// <summary>
/// The words that stories of use are told in. Item e1 may be used for its purpose only, its use is to be reported every 90 days, and it may go onward with consent; e2 may not go
/// onward at all. The key comes at hour 4.
/// </summary>
public abstract class UseSpec(params TransferEvent[] before) : Spec<TransferUse, UseEvent>(TransferUse.Fold(before), TransferUse.Evolve)
{
    protected const string Purpose = "establish-the-facts";

    protected static readonly string Asked = Cast.Digest("onward-request"), Notice = Cast.Digest("incident-notice");

    protected static readonly EvidenceItem First = Evidence.First with { Conditions = ["UseOnlyFor", "ReportUse", "OnwardWithConsent"], Limits = [new("ReportUse", Days: 90)] };

    protected static readonly OnwardRecipient Xc = new("XC", "xc-central");

    protected static readonly DateTimeOffset ReportDue = Cast.Hour(4).AddDays(90);

    private static readonly HoldingEvent.OfferReceived Offered = new(
        "transfer-1", new("01977f00-0000-7000-8000-00000000c001"), "XB", Evidence.Offer, [First, Evidence.Second], Cast.Hour(48), Cast.Hour(96), Cast.Hour(2));

    protected static readonly HoldingEvent Shared = new HoldingEvent.ShareReceived(Cast.Digest("jwe-b"), Cast.Hour(4));

    /// <summary>Held, and it can be opened.</summary>
    protected static TransferEvent[] Holder => [Offered, Shared];

    /// <summary>Held, and the key is not here.</summary>
    protected static TransferEvent[] HolderBefore => [Offered];

    /// <summary>Supplied, and the key is out.</summary>
    protected static TransferEvent[] Supplier =>
    [
        new SupplyEvent.Prepared("transfer-1", new("01977f00-0000-7000-8000-00000000a001"), "XA", [First, Evidence.Second], Cast.Hour(48), Cast.Hour(96), Cast.Prosecutor, Cast.Hour(0)),
        new SupplyEvent.KeyReleased(Cast.Digest("jwe-b"), Cast.Hour(4)),
    ];

    protected static ItemUses[] Used(string item, string purpose = Purpose, int day = 2) => [new(item, [new(purpose, new(2026, 6, day))])];

    protected static UseEvent Requested => new UseEvent.OnwardRequested(Asked, ["e1"], Xc, Purpose, Cast.Holder, Cast.Hour(30));

    protected static UseEvent QuestionArrived => new UseEvent.OnwardRequestReceived(Asked, ["e1"], Xc, Purpose, Cast.Hour(30));

    protected static UseEvent Overdue => new UseEvent.BreachFound(BreachKind.ReportOverdue, "e1", ReportDue, ReportDue);
}

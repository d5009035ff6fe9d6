using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>The time by which the holder should have certified is over: the transfer stands in the supplier's list of what is overdue.</summary>
public sealed record MarkCertificateDue(DateTimeOffset At)
{
    /// <summary>
    /// How long after the end of a term, or after a stop, a certificate may take: the time to object (72 hours), the end of the key store's epoch (7 days) and the way.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(14);

    /// <summary>How long the holder has to account for a copy of which nothing is known.</summary>
    public static readonly TimeSpan ToAccount = TimeSpan.FromDays(30);

    public Decision<SupplyEvent> Decide(SuppliedTransfer transfer) => transfer switch
    {
        { OverdueSince: not null } => [],
        _ when Due(transfer) is { } due && due <= At => [new SupplyEvent.CertificateFellDue(due, At)],
        SuppliedTransfer.NotPrepared => TransferRules.OutOfOrder(transfer),
        _ => new NotPermitted(RetentionRules.NotDue),
    };

    /// <summary>By when a certificate is owed; null where none is, or where the term runs from something that happens at the holder alone.</summary>
    public static DateTimeOffset? Due(SuppliedTransfer transfer) => transfer switch
    {
        SuppliedTransfer.Released s when s.Package.Items.Select(item => item.Retention).Where(terms => terms.Trigger == RetentionSchedule.Receipt).MinBy(terms => terms.MaximumDays) is { } terms =>
            RetentionSchedule.Due(terms, s.Release.At) + Grace,
        SuppliedTransfer.Stopped { KeyIsOut: true } s => s.At + Grace,
        SuppliedTransfer.CertifiedInPart s => s.Certificate.At + ToAccount,
        _ => null,
    };
}

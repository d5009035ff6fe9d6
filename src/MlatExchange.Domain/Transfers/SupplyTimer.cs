using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Execution;

namespace MlatExchange.Domain.Transfers;

/// <summary>What a transfer comes to at the supplier by itself: it stops when the request it answers no longer stands, lapses when its time runs out, and is overdue when no certificate comes.</summary>
public static class SupplyTimer
{
    /// <summary>The earliest instant at which something is to be done; the least instant where it is due already; null while nothing is.</summary>
    /// <param name="demand">The order to destroy that stands; null while none does.</param>
    public static DateTimeOffset? Next(SuppliedTransfer transfer, ReceivedRequest.InHand request, Demand? demand = null) => transfer switch
    {
        SuppliedTransfer.Prepared or SuppliedTransfer.OnOffer when Stops(request, demand) is not null => DateTimeOffset.MinValue,
        SuppliedTransfer.Offered s => s.Package.Expires.AddMilliseconds(1),
        SuppliedTransfer.Accepted s => s.Package.ReleaseBy.AddMilliseconds(1),
        { OverdueSince: null } => MarkCertificateDue.Due(transfer),
        _ => null,
    };

    /// <summary>What is due at <paramref name="now"/>; nothing where nothing is.</summary>
    public static Decision<SupplyEvent> Fire(SuppliedTransfer transfer, ReceivedRequest.InHand request, DateTimeOffset now, Demand? demand = null) =>
        Next(transfer, request, demand) is not { } due || due > now ? []
        : transfer switch
        {
            SuppliedTransfer.Prepared or SuppliedTransfer.OnOffer when Stops(request, demand) is { } ground => new StopTransfer(ground, now).Decide(transfer),
            SuppliedTransfer.Offered or SuppliedTransfer.Accepted => new LapseTransfer(now).Decide(transfer),
            _ => new MarkCertificateDue(now).Decide(transfer),
        };

    /// <summary>Whether evidence may still leave in answer to the request.</summary>
    public static bool Stands(ReceivedRequest.InHand request) => Stops(request) is null;

    private static StopGround? Stops(ReceivedRequest.InHand request, Demand? demand) => Stops(request) ?? (demand is null ? null : StopGround.DestructionDemanded);

    private static StopGround? Stops(ReceivedRequest.InHand request) => request switch
    {
        ReceivedRequest.WithdrawnBySender { Ground: "validation-refused" or "validation-lapsed" } => StopGround.ValidationRefused,
        ReceivedRequest.WithdrawnBySender => StopGround.RequestWithdrawn,
        { Dossier.ValidationSaid: ValidationOutcome.Refused } => StopGround.ValidationRefused,
        { Dossier.Objection: not null } => StopGround.Objection,
        _ => null,
    };
}

using MlatExchange.Domain.Transfers;

namespace MlatExchange.Domain.Oversight.Statistics;

/// <summary>What must be remembered of a transfer to count what follows in it.</summary>
/// <param name="Of">Its case as it stood when the transfer began, under the side <c>supplied</c> or <c>held</c>.</param>
/// <param name="Categories">Data category of each item.</param>
public sealed record TransferFigures(CaseFigures Of, IReadOnlyList<string> Categories, DateTimeOffset? Offered = null, DateTimeOffset? Accepted = null, DateTimeOffset? Released = null, bool Ended = false)
{
    private static readonly IReadOnlyList<Figure> Nothing = [];

    /// <summary>The transfer after one more event, and what the event is counted as. It is counted once it was offered: what is only prepared is nobody's business yet.</summary>
    /// <param name="of">The case behind it; null where the log does not have it.</param>
    /// <param name="instrument">As its leaf says, for want of a case.</param>
    public static (TransferFigures? After, IReadOnlyList<Figure> Counted) Count(TransferFigures? before, TransferEvent? happened, CaseFigures? of, string? instrument, DateTimeOffset at) => (before, happened) switch
    {
        (null, SupplyEvent.Prepared e) => (new(Under("supplied", e.Recipient, of, instrument), [.. e.Items.Select(item => item.DataCategory)]), Nothing),
        (null, HoldingEvent.OfferReceived e) => new TransferFigures(Under("held", e.Supplier, of, instrument), [.. e.Items.Select(item => item.DataCategory)]).Offer(at),
        ({ Offered: null } t, SupplyEvent.Offered) => t.Offer(at),
        ({ Offered: { } offered, Accepted: null } t, SupplyEvent.AcceptanceReceived or HoldingEvent.Accepted) => (t with { Accepted = at }, [t.Time("offer-to-acceptance", at - offered)]),
        ({ Accepted: { } accepted, Released: null } t, SupplyEvent.KeyReleased or HoldingEvent.ShareReceived) => (t with { Released = at }, [t.Time("acceptance-to-key", at - accepted)]),
        ({ Released: { } released, Ended: false } t, SupplyEvent.CertificateReceived) => (t with { Ended = true }, [t.Time("key-to-certificate", at - released)]),
        ({ Released: { } released, Ended: false } t, HoldingEvent.ErasureCompleted) => (t with { Ended = true }, [t.Time("key-to-destruction", at - released)]),
        _ => (before, Nothing),
    };

    private static CaseFigures Under(string side, string counterpart, CaseFigures? of, string? instrument) =>
        new(side, of?.Instrument ?? instrument ?? "unknown", counterpart, of?.Emergency ?? false, new Dictionary<string, CaseItem>(), of?.Pack ?? "");

    private (TransferFigures, IReadOnlyList<Figure>) Offer(DateTimeOffset at) =>
        (this with { Offered = at }, [new(Of.Key("transfers")), .. Categories.Select(category => new Figure(Of.Key("items", category)))]);

    private Figure Time(string measure, TimeSpan took) => new(Of.Key(measure), took);
}

using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Requests;
using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Ledger;

namespace MlatExchange.Node.Oversight;

/// <summary>How each event changes the record of its transfer: a pure fold over the log, so that a rebuild gives the same rows.</summary>
internal static class TransferHistory
{
    public const string KeyRelease = "key-release", Destruction = "destruction", Certificate = "destruction-certificate";

    /// <summary>Name of the stream up to the wire id.</summary>
    public static readonly string StreamPrefix = TransferEvent.StreamName("");

    /// <summary>Stream of the case, as the first event of a transfer names it; null for any other.</summary>
    public static string? CaseOf(TransferEvent? first) => first switch
    {
        SupplyEvent.Prepared e => ReceivedRequest.StreamName(e.Received),
        HoldingEvent.OfferReceived e => AssistanceRequest.StreamName(e.Request),
        _ => null,
    };

    /// <param name="record">Null before the first event.</param>
    /// <param name="happened">The event read back; null for a kind that this version does not know, which changes nothing but the last place.</param>
    /// <exception cref="InvalidOperationException">The transfer's first event is missing: the stream was not written by this code.</exception>
    public static TransferRecord? After(TransferRecord? record, LogEntry entry, TransferEvent? happened)
    {
        var place = LogPlace.Of(entry);
        var codes = LeafCodes.Of(entry.Event.Headers);
        var transfer = entry.Event.Stream[StreamPrefix.Length..];
        var next = (record, happened) switch
        {
            (null, null) => null,
            (null, SupplyEvent.Prepared e) => First(transfer, CaseOf(e)!, TransferDirection.Outgoing, e.Recipient, e.Items, e.ReleaseBy, e.Expires, "prepared", new(Prepared: place.At), place),
            (null, HoldingEvent.OfferReceived e) => First(transfer, CaseOf(e)!, TransferDirection.Incoming, e.Supplier, e.Items, e.ReleaseBy, e.Expires, "offered", new(Offered: place.At), place),
            (null, _) => throw new InvalidOperationException("The transfer's first event is missing."),
            (_, SupplyEvent supply) => Supply(record, supply, place),
            (_, HoldingEvent holding) => Holding(record, holding, place) with { Told = record.Told?.Settled(holding) },
            (_, UseEvent use) => record with { Told = (record.Told ?? TransferConduct.None).After(use) },
            _ => record,
        };
        return next is null ? null : next with
        {
            Last = place,
            Marks = Marked(next.Marks, place.Kind),
            Instrument = next.Instrument ?? codes.Instrument,
            LegalBasis = next.LegalBasis.Count > 0 ? next.LegalBasis : codes.Articles,
            AuthorityRole = next.AuthorityRole ?? codes.AuthorityRole,
            Purpose = next.Purpose ?? codes.Purpose,
            PackDigest = codes.PackDigest ?? next.PackDigest,
        };
    }

    private static TransferRecord First(
        string transfer, string caseStream, TransferDirection direction, string counterpart, IReadOnlyList<EvidenceItem> items, DateTimeOffset releaseBy, DateTimeOffset expires, string state, TransferTimes times, LogPlace place)
    {
        var terms = items.Select(item => item.Retention).Distinct().OrderBy(term => term.MaximumDays).ToList();
        return new(
            transfer, direction, counterpart, null, null, [], null, Codes(items.Select(item => item.DataCategory)), Codes(items.Select(item => item.SubjectCategory)), null,
            Codes(items.SelectMany(item => item.Conditions)), terms[0], terms, null, state, items.Count, 0, 0, CaseMarks.None, times, releaseBy, expires, null, null, null, place, place, place)
        {
            CaseStream = caseStream,
        };
    }

    private static TransferRecord Supply(TransferRecord r, SupplyEvent happened, LogPlace place) => happened switch
    {
        SupplyEvent.Offered => r with { State = "offered", Times = r.Times with { Offered = place.At }, Record = place },
        SupplyEvent.AcceptanceReceived => r with { State = "accepted", Times = r.Times with { Accepted = place.At }, Due = r.ReleaseBy, DueFor = KeyRelease },
        SupplyEvent.KeyReleased e => AwaitCertificate(r with { State = "released", Times = r.Times with { Released = place.At } }, e.At),
        SupplyEvent.FetchGranted => r with { Times = r.Times with { Fetched = place.At } },
        SupplyEvent.Lapsed => Settled(r with { State = "lapsed", Times = r.Times with { Ended = place.At } }),
        // Once the key is out, the holder must destroy and certify whatever stops the transfer: what was due stays due.
        SupplyEvent.Stopped => (r.Times.Released is null ? Settled(r) : r) with { State = "stopped", Times = r.Times with { Ended = place.At } },
        SupplyEvent.CertificateReceived { Copies.Unknown: > 0 } e => r with { State = "certified-in-part", Times = r.Times with { Certified = place.At }, Copies = e.Copies, Due = e.At + MarkCertificateDue.ToAccount, DueFor = Certificate },
        SupplyEvent.CertificateReceived e => Settled(r with { State = "certified", Times = r.Times with { Certified = place.At }, Copies = e.Copies }),
        _ => r,
    };

    private static TransferRecord Holding(TransferRecord r, HoldingEvent happened, LogPlace place) => happened switch
    {
        HoldingEvent.Accepted => r with { State = "accepted", Times = r.Times with { Accepted = place.At }, Due = r.ReleaseBy, DueFor = KeyRelease, Record = place },
        HoldingEvent.ItemFetched e => Complete(With(r, r.Fetched.Append(e.Ref).Distinct(StringComparer.Ordinal)), place),
        HoldingEvent.ItemRejected e => With(r, r.Fetched.Where(item => item != e.Ref)) with { Times = r.Times with { Fetched = null } },
        HoldingEvent.ShareReceived => (r.DueFor == KeyRelease ? Settled(r) : r) with { State = "under-retention", Times = r.Times with { Released = place.At } },
        HoldingEvent.RetentionStarted e => Owed(r, e.Items.Min(item => item.Destroy)),
        HoldingEvent.HoldPlaced => r with { Holds = r.Holds + 1 },
        HoldingEvent.HoldLifted or HoldingEvent.HoldEnded => r with { Holds = r.Holds - 1 },
        HoldingEvent.DestructionDue e => Owed(r with { State = "destruction-due" }, e.DueAt),
        HoldingEvent.DestructionOrdered => r with { State = "destruction-ordered", Times = r.Times with { DestructionOrdered = place.At } },
        HoldingEvent.ErasureStarted => r with { State = "erasing" },
        HoldingEvent.ErasureCompleted => Settled(r with { State = "destroyed", Times = r.Times with { Destroyed = place.At } }),
        HoldingEvent.CertificateSent e => r with { Copies = e.Copies },
        HoldingEvent.CertificateReceipted => r with { State = "certified", Times = r.Times with { Certified = place.At } },
        HoldingEvent.OfferLapsed => Settled(r with { State = "lapsed", Times = r.Times with { Ended = place.At } }),
        _ => r,
    };

    // By name, so that kinds of a later version count too.
    private static CaseMarks Marked(CaseMarks marks, string kind) => marks with
    {
        Onward = marks.Onward || kind.Contains("onward", StringComparison.Ordinal),
        Incident = marks.Incident || kind is "transfer.content-rejected.v1" or "transfer.item-rejected.v1" or "transfer.share-mismatch-reported.v1" || kind.Contains("incident", StringComparison.Ordinal),
    };

    // The supplier can tell the day only where the term runs from the key; other triggers happen at the holder.
    private static TransferRecord AwaitCertificate(TransferRecord r, DateTimeOffset releasedAt) =>
        r.Terms.FirstOrDefault(term => term.Trigger == RetentionSchedule.Receipt) is { } running
            ? r with { Due = RetentionSchedule.Due(running, releasedAt), DueFor = Certificate }
            : Settled(r);

    private static TransferRecord Owed(TransferRecord r, DateTimeOffset due) =>
        r with { Due = r.DueFor == Destruction && r.Due < due ? r.Due : due, DueFor = Destruction };

    private static TransferRecord With(TransferRecord r, IEnumerable<string> fetched)
    {
        string[] complete = [.. fetched];
        return r with { Fetched = complete, FetchedItems = complete.Length };
    }

    private static TransferRecord Complete(TransferRecord r, LogPlace place) =>
        r.FetchedItems == r.Items ? r with { Times = r.Times with { Fetched = place.At } } : r;

    private static TransferRecord Settled(TransferRecord r) => r with { Due = null, DueFor = null };

    private static string[] Codes(IEnumerable<string> codes) => [.. codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}

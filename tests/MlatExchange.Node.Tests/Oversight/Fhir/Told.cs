using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using MlatExchange.Domain;
using MlatExchange.Domain.Oversight;
using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Oversight;
using MlatExchange.Node.Oversight.Fhir;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Storage;

namespace MlatExchange.Node.Tests.Oversight.Fhir;

/// <summary>An event that was logged, the record of its transfer after it, and what FHIR says of it.</summary>
internal sealed record Telling(LogPlace Place, TransferEvent? Event, TransferRecord? Record, IReadOnlyList<Resource> Resources);

/// <summary>Stories in which every kind of event of transfers and consultations happens, folded as the projection folds them, and told in FHIR.</summary>
internal static class Told
{
    public const string Transfer = "mWq0cKqfS0m2d3Jb4sJ5Hw";

    /// <summary>Stands wherever an event or its headers have something that is none of FHIR's business.</summary>
    public const string Marker = "PLANTED";

    public static readonly FhirNode Node = new("XA", "https://node.xa.example", "node.xa.example/log/2026");

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, 120, TimeSpan.Zero);

    private static readonly Official Signer = new(new("Zk3hQ8mT0yqWcVxN5rLb1A"), "signer", "xa-prosecutor"), Auditor = new(new("9dPq2LrXw4eVtY7uKsB0cg"), "oversight", "xa-oversight");

    /// <summary>The first telling of every kind of event, by its name.</summary>
    public static IReadOnlyDictionary<string, Telling> ByKind { get; } = All().GroupBy(telling => telling.Place.Kind, StringComparer.Ordinal).ToDictionary(kind => kind.Key, kind => kind.First(), StringComparer.Ordinal);

    public static IEnumerable<Telling> All() => new TransferEvent[][] { Supplied(), Stopped(), Lapsed(), Held(), Refused(), Overdue(), HeldLonger(), Used(), UseSupplied() }.SelectMany(Story).Concat(Consulted());

    private static IEnumerable<Telling> Story(TransferEvent[] events)
    {
        TransferRecord? record = null;
        for (var n = 0; n < events.Length; n++)
        {
            var entry = Entry(n, TransferEvent.StreamName(Transfer), events[n]);
            record = TransferHistory.After(record, entry, events[n])!;
            List<Resource> told = [TransferAuditEvents.Of(Node, record, record.Last, events[n])];
            if (TransferProvenances.Of(Node, record, record.Last, events[n]) is { } provenance) told.Add(provenance);
            yield return new(record.Last, events[n], record, told);
        }
    }

    private static IEnumerable<Telling> Consulted()
    {
        OversightEvent[] events =
        [
            new OversightEvent.ConsultationOpened(PurposeCode.LawfulnessVerification, Auditor.Authority, Auditor, Start),
            new OversightEvent.TransfersConsulted(PurposeCode.LawfulnessVerification, Auditor.Authority, 12, "hmac-sha-256:5Qe4rDgq1mVhQH1TLxRkRkOiyYHkJ0Yv0s3o1wH9m2k", Auditor, Start),
            new OversightEvent.TransfersConsulted(PurposeCode.LawfulnessVerification, Auditor.Authority, 3, "hmac-sha-256:5Qe4rDgq1mVhQH1TLxRkRkOiyYHkJ0Yv0s3o1wH9m2k", Auditor, Start),
        ];
        for (var n = 0; n < events.Length; n++)
        {
            var entry = Entry(60 + n, "consultation", events[n]);
            var place = new LogPlace(entry.Position, entry.Index, entry.Event.Id, entry.Event.Type, entry.Event.At);
            yield return new(place, null, null, [ConsultationAuditEvents.Of(Node, Id(99), place, events[n])]);
        }
    }

    /// <summary>A logged event; its headers say of the case what leaves say, and more that leaves keep closed.</summary>
    private static LogEntry Entry(int n, string stream, object happened)
    {
        var codes = new CaseCodes(
            "XB", "EEV", "public-prosecutor", ["EEV 5(4)(b)", "EEV 12"], ["content"], ["LED6a"], "establish-the-facts", ["UseOnlyFor"], Given.Terms(30), $"sha-256:{new string('A', 43)}");
        var headers = JsonSerializer.SerializeToUtf8Bytes(
            new { leaf = new { op = "x", clear = codes, commit = new { actor = Marker }, record = Marker }, victim = Marker }, EventJson.Options);
        var name = EventNames.Domain[happened.GetType()].Name;
        return new(41 + n, 40 + n, new(Id(n), stream, n + 1, n + 1, name, Start.AddMinutes(n), Encoding.UTF8.GetBytes($"\"{Marker}\""), headers, Marker, Marker, Marker));
    }

    private static Guid Id(int n) => Guid.Parse($"01977f00-0000-7000-8000-{n:x12}");

    private static EvidenceItem Item(string itemRef, string data, string subject, int days, string trigger, params string[] conditions) => new(
        itemRef, Marker, 4096, Marker, Marker, Marker, data, subject, Marker, Marker, Marker, Given.Terms(days, trigger) with { ReviewEveryDays = days > 60 ? 180 : null }, conditions, Marker);

    private static EvidenceItem[] Items() => [Item("mailbox", "content", "LED6a", 365, "final-judgment", "UseOnlyFor", "NoOnward"), Item("bank", "financial", "LED6c", 30, "receipt", "UseOnlyFor")];

    private static string Digest(string of) => $"sha-256:{of.PadRight(43, '0')[..43]}";

    private static OfferDigests Offer => new(Digest("offer"), Digest("conditions"), Digest("terms"));

    private static SupplyEvent.Prepared Prepared() => new(Transfer, Id(98), "XB", Items(), Start.AddDays(7), Start.AddDays(28), Signer, Start);

    private static HoldingEvent.OfferReceived Received() => new(Transfer, Id(98), "XB", Offer, Items(), Start.AddDays(7), Start.AddDays(28), Start);

    private static TransferEvent[] Supplied() =>
    [
        Prepared(), new SupplyEvent.ContentRejected("bank", Digest("found"), Start), new SupplyEvent.ContentStored("bank", 4096, 4096, Start), new SupplyEvent.Offered(Offer, Signer, Start),
        new SupplyEvent.AcceptanceReceived(Digest("accepted"), Marker, Start), new SupplyEvent.FetchGranted("bank", 0, 4096, Start), new SupplyEvent.KeyReleased(Digest("share"), Start),
        new SupplyEvent.CertificateReceived(Digest("certificate"), new(1, 1, 0), Start),
    ];

    private static TransferEvent[] Stopped() => [Prepared(), new SupplyEvent.Offered(Offer, Signer, Start), new SupplyEvent.Stopped(StopGround.RequestWithdrawn, Start)];

    private static TransferEvent[] Lapsed() => [Prepared(), new SupplyEvent.Offered(Offer, Signer, Start), new SupplyEvent.Lapsed(LapseReason.NotAccepted, Start)];

    private static TransferEvent[] Held() =>
    [
        Received(), new HoldingEvent.Accepted(Digest("accepted"), Marker, Signer, Start), new HoldingEvent.ItemRejected("bank", Digest("found"), Start),
        new HoldingEvent.ItemFetched("bank", 4096, Start), new HoldingEvent.ItemFetched("mailbox", 4096, Start), new HoldingEvent.ShareReceived(Digest("share"), Start),
        new HoldingEvent.ShareMismatchReported("bank", ShareIncident.OtherShare, Digest("found"), Signer, Start),
        new HoldingEvent.RetentionStarted("receipt", Start, [new("bank", Start.AddDays(30))], null, Start), new HoldingEvent.Reviewed(ReviewOutcome.StillNecessary, Start.AddDays(180), Signer, Start),
        new HoldingEvent.CustodyRecorded(Digest("custody"), "copy-1", CopyState.Kept, Signer, Start), new HoldingEvent.HoldPlaced(Id(97), Signer, Start), new HoldingEvent.HoldLifted(Id(97), Signer, Start),
        new HoldingEvent.DestructionDue(Start.AddDays(30), Start),
        new HoldingEvent.DestructionOrdered(new(["content"], 2, Signer with { Role = "node" }, ErasureGround.TermEnded, "XB Act 9", Start.AddDays(31)), Start), new HoldingEvent.ErasureStarted(Start),
        new HoldingEvent.KeyDestroyed(Start.AddDays(36), Start), new HoldingEvent.CiphertextDeleted(2, Start), new HoldingEvent.ErasureCompleted(Start),
        new HoldingEvent.CertificateSent(Digest("certificate"), new(2, 0, 1), Signer, Start), new HoldingEvent.CertificateReceipted(Marker, Start),
    ];

    private static TransferEvent[] Overdue() => [Prepared(), new SupplyEvent.Offered(Offer, Signer, Start), new SupplyEvent.CertificateFellDue(Start.AddDays(44), Start)];

    private static TransferEvent[] HeldLonger() =>
    [
        Received(), new HoldingEvent.HoldPlaced(Id(97), Signer, Start, new(HoldBasis.AppealPending, "XB Act 12", "xb-judge", Start.AddDays(90))),
        new HoldingEvent.HoldRenewed(Id(97), Start.AddDays(180), Signer, Start), new HoldingEvent.HoldEnded(Id(97), Start.AddDays(180), Start), new HoldingEvent.ReviewFellDue(Start.AddDays(180), Start),
    ];

    private static ItemUses[] Uses() => [new("mailbox", [new("establish-the-facts", new(2026, 3, 1))])];

    private static TransferEvent[] Used() =>
    [
        Received(), new HoldingEvent.ShareReceived(Digest("share"), Start), new UseEvent.UseReported(Uses(), Signer, Start), new UseEvent.BreachFound(BreachKind.ReportOverdue, "mailbox", Start, Start),
        new UseEvent.OnwardRequested(Digest("asked"), ["mailbox"], new("XC", "xc-central"), "establish-the-facts", Signer, Start),
        new UseEvent.OnwardDecisionReceived(Digest("asked"), Digest("consent"), OnwardOutcome.Granted, [], Start),
        new UseEvent.IncidentReported(Digest("notice"), IncidentKind.Loss, ["mailbox"], Signer, Start), new UseEvent.ContainmentLifted(Digest("notice"), Signer, Start),
        new UseEvent.RemedyLodged(Digest("lodged"), "p1", true, "XB Act 9", Signer, Start), new UseEvent.RemedyDecided(Digest("lodged"), Digest("decided"), RemedyOutcome.Restrict, "XB Act 9", Signer, Start),
        new UseEvent.DestructionDemandReceived(Digest("order"), ErasureGround.CourtOrder, "XB Act 9", Start, Start), new UseEvent.DestructionDeferred(Digest("order"), Start.AddDays(90), Start),
        new UseEvent.ItemActed(Step(CustodyAct.Analysed), Signer, Start), new UseEvent.ItemDisclosed(Step(CustodyAct.PassedOn) with { To = new("XC", "xc-central") }, Signer, Start),
    ];

    private static CustodyStep Step(CustodyAct act) => new(Digest("record"), Digest("before"), "mailbox", act, "opened-copy/copy-1", Start, "XA", "mlat/1", "EEV 5", "establish-the-facts");

    private static TransferEvent[] UseSupplied() =>
    [
        Prepared(), new SupplyEvent.KeyReleased(Digest("share"), Start), new UseEvent.UseReportReceived(Digest("report"), Uses(), Start),
        new UseEvent.OnwardRequestReceived(Digest("asked"), ["mailbox"], new("XC"), "establish-the-facts", Start),
        new UseEvent.OnwardDecided(Digest("asked"), Digest("consent"), OnwardOutcome.Refused, [], Signer, Start), new UseEvent.IncidentNoticed(Digest("notice"), IncidentKind.Loss, [], Start),
        new UseEvent.RemedyNoticed(Digest("lodged"), "p1", true, "XB Act 9", Start), new UseEvent.RemedyDecisionNoticed(Digest("lodged"), Digest("decided"), RemedyOutcome.Restrict, "XB Act 9", Start),
        new UseEvent.DestructionDemanded(Digest("order"), ErasureGround.CourtOrder, "XB Act 9", Start, Signer, Start), new UseEvent.DestructionDeferralNoticed(Digest("order"), Start.AddDays(90), Start),
    ];

    private static TransferEvent[] Refused() => [Received(), new HoldingEvent.OfferLapsed(LapseReason.NotAccepted, Start)];
}

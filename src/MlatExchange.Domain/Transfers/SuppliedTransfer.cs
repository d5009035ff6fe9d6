using System.Collections.Immutable;

namespace MlatExchange.Domain.Transfers;

/// <summary>What happens to a transfer at the supplier.</summary>
public abstract record SupplyEvent : TransferEvent
{
    private SupplyEvent()
    {
    }

    /// <summary>The sealing tool's description came in; share B is under the transfer's key.</summary>
    /// <param name="Received">Id of the received request that it answers.</param>
    /// <param name="ReleaseBy">By when an accepted offer is answered with the key, or is the supplier's default.</param>
    /// <param name="Expires">After this nothing is accepted or fetched.</param>
    [EventName("transfer.prepared.v1", "collection")]
    public sealed record Prepared(
        string Transfer,
        Guid Received,
        string Recipient,
        IReadOnlyList<EvidenceItem> Items,
        DateTimeOffset ReleaseBy,
        DateTimeOffset Expires,
        Official By,
        DateTimeOffset At) : SupplyEvent;

    /// <summary>An item's sealed bytes are here and durable.</summary>
    /// <param name="Stored">Bytes durable, counted from the start without a gap: all of them, except where a node of an earlier version recorded parts.</param>
    /// <param name="Total">Bytes of the whole sealed item.</param>
    [EventName("transfer.content-stored.v1", "collection")]
    public sealed record ContentStored(string Ref, long Stored, long Total, DateTimeOffset At) : SupplyEvent;

    /// <summary>All bytes were there, but their digest is not the described one: the file is removed and the upload starts again.</summary>
    [EventName("transfer.content-rejected.v1", "erasure")]
    public sealed record ContentRejected(string Ref, string FoundDigest, DateTimeOffset At) : SupplyEvent;

    /// <summary>The transfer-offer act is signed and its message with it.</summary>
    [EventName("transfer.offered.v1", "disclosure")]
    public sealed record Offered(OfferDigests Offer, Official By, DateTimeOffset At) : SupplyEvent;

    /// <summary>The holder's signed acceptance repeats offer, conditions and terms.</summary>
    /// <param name="ActDigest">Digest of the conditions-accepted act.</param>
    /// <param name="TransferKey">RFC 7638 thumbprint of the key that share B is to be sealed to.</param>
    [EventName("transfer.acceptance-received.v1", "collection")]
    public sealed record AcceptanceReceived(string ActDigest, string TransferKey, DateTimeOffset At) : SupplyEvent;

    /// <summary>Share B was sealed to the transfer key and the key-release message signed; obligations run from this leaf.</summary>
    /// <param name="ShareDigest">SHA-256 of JWE(B).</param>
    [EventName("transfer.key-released.v1", "disclosure")]
    public sealed record KeyReleased(string ShareDigest, DateTimeOffset At) : SupplyEvent;

    /// <summary>One request for a range of sealed bytes may be answered; nothing is served before this is in the log.</summary>
    /// <param name="From">First byte.</param>
    /// <param name="Length">Bytes from there.</param>
    [EventName("transfer.fetch-granted.v1", "disclosure")]
    public sealed record FetchGranted(string Ref, long From, long Length, DateTimeOffset At) : SupplyEvent;

    /// <summary>Its time ran out.</summary>
    [EventName("transfer.lapsed.v1", "alteration")]
    public sealed record Lapsed(LapseReason Reason, DateTimeOffset At) : SupplyEvent;

    /// <summary>A withdrawal, suspension, objection or refused validation takes effect: no key, no byte from here on.</summary>
    [EventName("transfer.stopped.v1", "alteration")]
    public sealed record Stopped(StopGround Ground, DateTimeOffset At) : SupplyEvent;

    /// <summary>The holder declares by signature what it destroyed, and which copies it keeps or does not know of.</summary>
    [EventName("transfer.certificate-received.v1", "collection")]
    public sealed record CertificateReceived(string ActDigest, CopyCounts Copies, DateTimeOffset At) : SupplyEvent;

    /// <summary>A certificate is owed and has not come, or still names copies of which nothing is known.</summary>
    /// <param name="DueAt">By when it was owed.</param>
    [EventName("transfer.certificate-overdue.v1", "alteration")]
    public sealed record CertificateFellDue(DateTimeOffset DueAt, DateTimeOffset At) : SupplyEvent;
}

/// <summary>A transfer at the supplier.</summary>
public abstract record SuppliedTransfer
{
    private SuppliedTransfer()
    {
    }

    /// <summary>Before the first event.</summary>
    public static SuppliedTransfer Initial { get; } = new NotPrepared();

    /// <summary>The state as the API shows it, in kebab-case.</summary>
    public abstract string Name { get; }

    /// <summary>Since when a certificate, or a better one, is overdue; null while none is.</summary>
    public DateTimeOffset? OverdueSince { get; private init; }

    /// <summary>The state after <paramref name="events"/>.</summary>
    public static SuppliedTransfer Fold(IEnumerable<SupplyEvent> events) => events.Aggregate(Initial, Evolve);

    /// <summary>The state after one more event.</summary>
    /// <exception cref="InvalidOperationException">The event cannot follow: the stream was not written by this code.</exception>
    public static SuppliedTransfer Evolve(SuppliedTransfer state, SupplyEvent happened) => happened switch
    {
        SupplyEvent.CertificateFellDue e => state with { OverdueSince = e.DueAt },
        SupplyEvent.CertificateReceived => Step(state, happened),
        _ => Step(state, happened) with { OverdueSince = state.OverdueSince },
    };

    private static SuppliedTransfer Step(SuppliedTransfer state, SupplyEvent happened) => (state, happened) switch
    {
        (NotPrepared, SupplyEvent.Prepared e) => new Prepared(e, ImmutableDictionary.Create<string, StoredContent>(StringComparer.Ordinal)),
        (Prepared s, SupplyEvent.ContentStored e) => s with { Content = s.Content.SetItem(e.Ref, new StoredContent(e.Stored, e.Total)) },
        (Prepared s, SupplyEvent.ContentRejected e) => s with { Content = s.Content.Remove(e.Ref) },
        (Prepared s, SupplyEvent.Offered e) => new Offered(s.Package, e.Offer),
        (Offered s, SupplyEvent.AcceptanceReceived e) => new Accepted(s.Package, s.Offer, e, 0),
        (Accepted s, SupplyEvent.KeyReleased e) => new Released(s.Package, s.Offer, s.Acceptance, e, s.Fetches),
        (Accepted s, SupplyEvent.FetchGranted) => s with { Fetches = s.Fetches + 1 },
        (Released s, SupplyEvent.FetchGranted) => s with { Fetches = s.Fetches + 1 },
        (Offered or Accepted, SupplyEvent.Lapsed e) => new Lapsed(((OnOffer)state).Package, e.Reason),
        (Prepared s, SupplyEvent.Stopped e) => new Stopped(s.Package, e.Ground, KeyIsOut: false, e.At),
        (OnOffer s, SupplyEvent.Stopped e) => new Stopped(s.Package, e.Ground, KeyIsOut: s is Released, e.At),
        (OnOffer s, SupplyEvent.CertificateReceived e) => Declared(s.Package, e),
        (Stopped s, SupplyEvent.CertificateReceived e) => Declared(s.Package, e),
        (Lapsed s, SupplyEvent.CertificateReceived e) => Declared(s.Package, e),
        (CertifiedInPart s, SupplyEvent.CertificateReceived e) => Declared(s.Package, e),
        (Certified s, SupplyEvent.CertificateReceived e) => Declared(s.Package, e),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot follow {state.GetType().Name}."),
    };

    /// <summary>No such transfer.</summary>
    public sealed record NotPrepared : SuppliedTransfer
    {
        public override string Name => "not-prepared";
    }

    /// <summary>Described; sealed bytes are coming in. <paramref name="Content"/> by item reference.</summary>
    public sealed record Prepared(SupplyEvent.Prepared Package, ImmutableDictionary<string, StoredContent> Content) : SuppliedTransfer
    {
        public override string Name => "prepared";

        /// <summary>Every item's bytes are here and agree with the digest.</summary>
        public bool Complete => Package.Items.All(item => Content.TryGetValue(item.Ref, out var stored) && stored.Complete);
    }

    /// <summary>The other side knows of it.</summary>
    public abstract record OnOffer(SupplyEvent.Prepared Package, OfferDigests Offer) : SuppliedTransfer;

    /// <summary>Offered, no answer.</summary>
    public sealed record Offered(SupplyEvent.Prepared Package, OfferDigests Offer) : OnOffer(Package, Offer)
    {
        public override string Name => "offered";
    }

    /// <summary>Conditions and terms are accepted; bytes may be fetched, the key is owed.</summary>
    public sealed record Accepted(SupplyEvent.Prepared Package, OfferDigests Offer, SupplyEvent.AcceptanceReceived Acceptance, int Fetches) : OnOffer(Package, Offer)
    {
        public override string Name => "accepted";
    }

    /// <summary>The key is out.</summary>
    public sealed record Released(
        SupplyEvent.Prepared Package,
        OfferDigests Offer,
        SupplyEvent.AcceptanceReceived Acceptance,
        SupplyEvent.KeyReleased Release,
        int Fetches) : OnOffer(Package, Offer)
    {
        public override string Name => "released";
    }

    /// <summary>Time ran out. Final.</summary>
    public sealed record Lapsed(SupplyEvent.Prepared Package, LapseReason Reason) : SuppliedTransfer
    {
        public override string Name => "lapsed";
    }

    /// <summary>Stopped; where the key was out, the holder must destroy and certify.</summary>
    public sealed record Stopped(SupplyEvent.Prepared Package, StopGround Ground, bool KeyIsOut, DateTimeOffset At) : SuppliedTransfer
    {
        public override string Name => "stopped";
    }

    /// <summary>The holder declared the destruction, but of some copy nothing is known: the transfer stays open here until a certificate accounts for every one.</summary>
    public sealed record CertifiedInPart(SupplyEvent.Prepared Package, SupplyEvent.CertificateReceived Certificate) : SuppliedTransfer
    {
        public override string Name => "certified-in-part";
    }

    private static SuppliedTransfer Declared(SupplyEvent.Prepared package, SupplyEvent.CertificateReceived certificate) =>
        certificate.Copies.Unknown > 0 ? new CertifiedInPart(package, certificate) : new Certified(package, certificate);

    /// <summary>The holder declared the destruction, and every known copy is destroyed or kept under a reference. Final, unless the holder learns of another copy.</summary>
    public sealed record Certified(SupplyEvent.Prepared Package, SupplyEvent.CertificateReceived Certificate) : SuppliedTransfer
    {
        public override string Name => "certified";
    }
}

/// <summary>How much of an item's sealed bytes is durable here.</summary>
/// <param name="Bytes">From the start, without a gap.</param>
/// <param name="Total">Of the whole sealed item.</param>
public sealed record StoredContent(long Bytes, long Total)
{
    public bool Complete => Bytes == Total;
}

/// <summary>Why a transfer lapsed.</summary>
public enum LapseReason
{
    /// <summary>Not accepted before it expired.</summary>
    NotAccepted,

    /// <summary>Accepted, and the key not released in time: the supplier's default.</summary>
    NotReleased,
}

/// <summary>Why a transfer was stopped by the supplier.</summary>
public enum StopGround
{
    RequestWithdrawn,
    ValidationRefused,
    Suspension,
    Objection,

    /// <summary>The supplier ordered the destruction, or a remedy came to it.</summary>
    DestructionDemanded,
}

/// <summary>Copies known from custody records, as a destruction certificate declares them. "Declared by", never "erased".</summary>
public sealed record CopyCounts(int Destroyed, int Kept, int Unknown);

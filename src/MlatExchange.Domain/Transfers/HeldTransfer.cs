using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>What happens to a transfer at the holder, the requesting side.</summary>
public abstract record HoldingEvent : TransferEvent
{
    private HoldingEvent()
    {
    }

    /// <summary>A verified transfer-offer act arrived.</summary>
    /// <param name="Request">Id of the own request that it answers.</param>
    /// <param name="Supplier">The supplying jurisdiction, from the trust store.</param>
    /// <param name="Items">As offered; terms already the stricter of asked and offered.</param>
    [EventName("transfer.offer-received.v1", "collection")]
    public sealed record OfferReceived(
        string Transfer,
        Guid Request,
        string Supplier,
        OfferDigests Offer,
        IReadOnlyList<EvidenceItem> Items,
        DateTimeOffset ReleaseBy,
        DateTimeOffset Expires,
        DateTimeOffset At) : HoldingEvent;

    /// <summary>The requesting authority accepted conditions and terms by signature.</summary>
    /// <param name="ActDigest">Digest of the conditions-accepted act.</param>
    /// <param name="TransferKey">RFC 7638 thumbprint of the fresh key made by the prosecutor's tool.</param>
    [EventName("transfer.accepted.v1", "disclosure")]
    public sealed record Accepted(string ActDigest, string TransferKey, Official By, DateTimeOffset At) : HoldingEvent;

    /// <summary>An item's sealed bytes are all here and have the offered digest.</summary>
    /// <param name="Size">Sealed bytes.</param>
    [EventName("transfer.item-fetched.v1", "collection")]
    public sealed record ItemFetched(string Ref, long Size, DateTimeOffset At) : HoldingEvent;

    /// <summary>The bytes that the supplier served do not have the digest it offered; they are removed.</summary>
    [EventName("transfer.item-rejected.v1", "erasure")]
    public sealed record ItemRejected(string Ref, string FoundDigest, DateTimeOffset At) : HoldingEvent;

    /// <summary>JWE(B) arrived: whoever has the transfer key can open from here on, and all obligations run.</summary>
    /// <param name="ShareDigest">SHA-256 of JWE(B) as named in key-release.</param>
    [EventName("transfer.share-received.v1", "collection")]
    public sealed record ShareReceived(string ShareDigest, DateTimeOffset At) : HoldingEvent;

    /// <summary>The tool found that share B is not the one offered, or does not open the item: an incident that a third party can check.</summary>
    [EventName("transfer.share-mismatch-reported.v1", "consultation")]
    public sealed record ShareMismatchReported(string Ref, ShareIncident Incident, string FoundDigest, Official By, DateTimeOffset At) : HoldingEvent;

    /// <summary>The trigger of a retention term happened, so that the day of destruction is known.</summary>
    /// <param name="Trigger">Code of the trigger, such as <c>receipt</c> or <c>final-judgment</c>.</param>
    /// <param name="Items">The items with that trigger and their due instants.</param>
    /// <param name="By">Who said so; absent for <c>receipt</c>, which the key-release itself tells.</param>
    [EventName("transfer.retention-started.v1", "alteration")]
    public sealed record RetentionStarted(string Trigger, DateTimeOffset TriggeredAt, IReadOnlyList<ItemDue> Items, Official? By, DateTimeOffset At) : HoldingEvent;

    /// <summary>An official reviewed whether the evidence is still needed (2AP 14(5)); the reason is in the vault.</summary>
    /// <param name="NextReview">Latest instant of the next review; null where the terms ask for none.</param>
    [EventName("transfer.reviewed.v1", "consultation")]
    public sealed record Reviewed(ReviewOutcome Outcome, DateTimeOffset? NextReview, Official By, DateTimeOffset At) : HoldingEvent;

    /// <summary>A legal hold: nothing is destroyed while it stands. The reason is in the vault.</summary>
    /// <param name="Hold">Id of the hold.</param>
    /// <param name="Terms">Basis, authority and end; absent where it was placed before holds had an end.</param>
    [EventName("transfer.hold-placed.v1", "alteration")]
    public sealed record HoldPlaced(Guid Hold, Official By, DateTimeOffset At, LegalHold? Terms = null) : HoldingEvent;

    /// <summary>A legal hold stands longer; the reason is in the vault.</summary>
    [EventName("transfer.hold-renewed.v1", "alteration")]
    public sealed record HoldRenewed(Guid Hold, DateTimeOffset Until, Official By, DateTimeOffset At) : HoldingEvent;

    /// <summary>The time of a legal hold ran out unrenewed.</summary>
    [EventName("transfer.hold-ended.v1", "alteration")]
    public sealed record HoldEnded(Guid Hold, DateTimeOffset Until, DateTimeOffset At) : HoldingEvent;

    /// <summary>A review is owed and nobody has looked (2AP 14(5)).</summary>
    [EventName("transfer.review-due.v1", "alteration")]
    public sealed record ReviewFellDue(DateTimeOffset DueAt, DateTimeOffset At) : HoldingEvent;

    /// <summary>A legal hold was lifted.</summary>
    [EventName("transfer.hold-lifted.v1", "alteration")]
    public sealed record HoldLifted(Guid Hold, Official By, DateTimeOffset At) : HoldingEvent;

    /// <summary>The prosecutor's tool reported what became of a copy; the signed record is in the vault.</summary>
    /// <param name="Record">Digest of the signed custody record.</param>
    /// <param name="Ref">The item; absent for a key, which opens every item.</param>
    [EventName("transfer.custody-recorded.v1", "consultation")]
    public sealed record CustodyRecorded(string Record, string Copy, CopyState State, Official By, DateTimeOffset At, string? Ref = null) : HoldingEvent;

    /// <summary>The term ran out; the destruction is to be ordered.</summary>
    [EventName("transfer.destruction-due.v1", "alteration")]
    public sealed record DestructionDue(DateTimeOffset DueAt, DateTimeOffset At) : HoldingEvent;

    /// <summary>Step 1 of erasure. From <c>notBefore</c> on, and with no hold, it is carried out.</summary>
    [EventName("transfer.destruction-ordered.v1", "erasure")]
    public sealed record DestructionOrdered(ErasureOrder Order, DateTimeOffset At) : HoldingEvent;

    /// <summary>Step 2, written before anything is destroyed: the point of no return, after which no hold can be placed.</summary>
    [EventName("transfer.erasure-started.v1", "erasure")]
    public sealed record ErasureStarted(DateTimeOffset At) : HoldingEvent;

    /// <summary>Step 3: the transfer's data key is gone from the key store; the wrapping epoch ends later.</summary>
    /// <param name="UnrecoverableFrom">End of the epoch whose key wraps the last copy: earlier, a backup of the key store could still open.</param>
    [EventName("transfer.key-destroyed.v1", "erasure")]
    public sealed record KeyDestroyed(DateTimeOffset UnrecoverableFrom, DateTimeOffset At) : HoldingEvent;

    /// <summary>Step 4: the sealed bytes are gone.</summary>
    [EventName("transfer.ciphertext-deleted.v1", "erasure")]
    public sealed record CiphertextDeleted(int Items, DateTimeOffset At) : HoldingEvent;

    /// <summary>Step 5, after the epoch's key was destroyed too: nothing more is to be erased here, and nothing opens what was.</summary>
    [EventName("transfer.erasure-completed.v1", "erasure")]
    public sealed record ErasureCompleted(DateTimeOffset At) : HoldingEvent;

    /// <summary>The destruction certificate is signed and its message with it. Again where more became known of a copy: the last one counts.</summary>
    [EventName("transfer.certificate-sent.v1", "disclosure")]
    public sealed record CertificateSent(string ActDigest, CopyCounts Copies, Official By, DateTimeOffset At) : HoldingEvent;

    /// <summary>The supplier's receipt for the certificate came: the end of the transfer.</summary>
    [EventName("transfer.certificate-receipted.v1", "collection")]
    public sealed record CertificateReceipted(string MessageDigest, DateTimeOffset At) : HoldingEvent;

    /// <summary>Its time ran out before the key came.</summary>
    [EventName("transfer.offer-lapsed.v1", "alteration")]
    public sealed record OfferLapsed(LapseReason Reason, DateTimeOffset At) : HoldingEvent;
}

/// <summary>A transfer at the holder.</summary>
public abstract record HeldTransfer
{
    private HeldTransfer()
    {
    }

    /// <summary>Before the first event.</summary>
    public static HeldTransfer Initial { get; } = new NotOffered();

    /// <summary>The state as the API shows it, in kebab-case.</summary>
    public abstract string Name { get; }

    /// <summary>The state after <paramref name="events"/>.</summary>
    public static HeldTransfer Fold(IEnumerable<HoldingEvent> events) => events.Aggregate(Initial, Evolve);

    /// <summary>The state after one more event.</summary>
    /// <exception cref="InvalidOperationException">The event cannot follow: the stream was not written by this code.</exception>
    public static HeldTransfer Evolve(HeldTransfer state, HoldingEvent happened) => (state, happened) switch
    {
        (NotOffered, HoldingEvent.OfferReceived e) => new Offered(new Holding(e)),
        (Offered s, HoldingEvent.Accepted e) => new Accepted(s.Holding, e),
        (InHand s, HoldingEvent.ItemFetched e) => s.With(s.Holding with { Fetched = s.Holding.Fetched.Add(e.Ref) }),
        (InHand s, HoldingEvent.ItemRejected e) => s.With(s.Holding with { Fetched = s.Holding.Fetched.Remove(e.Ref) }),
        (Accepted s, HoldingEvent.ShareReceived e) => new UnderRetention(s.Holding, e.ShareDigest, e.At, null),
        (Lapsed { Reason: LapseReason.NotReleased } s, HoldingEvent.ShareReceived e) => new UnderRetention(s.Holding, e.ShareDigest, e.At, null),
        (InHand s, HoldingEvent.ShareMismatchReported e) => s.With(s.Holding with { Mismatches = s.Holding.Mismatches.Add(e.Ref) }),
        (InHand s, HoldingEvent.RetentionStarted e) => s.With(s.Holding.Due(e)),
        (InHand s, HoldingEvent.Reviewed e) => s.With(s.Holding with { LastReview = e, ReviewDue = null }),
        (InHand s, HoldingEvent.HoldPlaced e) => s.With(s.Holding.Placed(e)),
        (InHand s, HoldingEvent.HoldRenewed e) => s.With(s.Holding.Renewed(e)),
        (InHand s, HoldingEvent.HoldEnded e) => s.With(s.Holding.Ended(e.Hold)),
        (InHand s, HoldingEvent.ReviewFellDue e) => s.With(s.Holding with { ReviewDue = e.DueAt }),
        (InHand s, HoldingEvent.HoldLifted e) => s.With(s.Holding.Ended(e.Hold)),
        (Destroyed s, HoldingEvent.CustodyRecorded e) => s.Told(e),
        (Certified s, HoldingEvent.CustodyRecorded e) => s.Before.Told(e),
        (Known s, HoldingEvent.CustodyRecorded e) => s.With(s.Holding.Told(e)),
        (UnderRetention s, HoldingEvent.DestructionDue e) => s with { DestructionDue = e.DueAt },
        (InHand s, HoldingEvent.DestructionOrdered e) => new DestructionOrdered(s.Holding, e.Order),
        (DestructionOrdered s, HoldingEvent.ErasureStarted) => new Erasing(s.Holding, s.Order, null, CiphertextDeleted: false),
        (Erasing s, HoldingEvent.KeyDestroyed e) => s with { UnrecoverableFrom = e.UnrecoverableFrom },
        (Erasing s, HoldingEvent.CiphertextDeleted) => s with { CiphertextDeleted = true },
        (Erasing { UnrecoverableFrom: { } until } s, HoldingEvent.ErasureCompleted e) => new Destroyed(s.Holding, s.Order, e.At > until ? e.At : until, e.At, null),
        (Destroyed s, HoldingEvent.CertificateSent e) => s with { Certificate = e },
        (Destroyed { Certificate: { } certificate } s, HoldingEvent.CertificateReceipted) => new Certified(s, certificate),
        (Offered or Accepted, HoldingEvent.OfferLapsed e) => new Lapsed(((InHand)state).Holding, e.Reason),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot follow {state.GetType().Name}."),
    };

    /// <summary>No such transfer.</summary>
    public sealed record NotOffered : HeldTransfer
    {
        public override string Name => "not-offered";
    }

    /// <summary>Any stage of a transfer that was offered to us.</summary>
    public abstract record Known(Holding Holding) : HeldTransfer
    {
        internal Known With(Holding holding) => this with { Holding = holding };
    }

    /// <summary>How far the erasure got; null while none is ordered.</summary>
    public ErasureProgress? Progress => this switch
    {
        DestructionOrdered s => new(s.Order, !s.Holding.Holds.IsEmpty, false, false, false, false, false),
        Erasing s => new(s.Order, false, true, s.UnrecoverableFrom is not null, s.CiphertextDeleted, false, false, s.UnrecoverableFrom),
        Destroyed s => new(s.Order, false, true, true, true, true, s.Certificate is not null),
        Certified s => new(s.Order, false, true, true, true, true, true),
        _ => null,
    };

    /// <summary>Any stage in which something is held or may still come, and nothing is being erased.</summary>
    public abstract record InHand(Holding Holding) : Known(Holding);

    /// <summary>Offered to us.</summary>
    public sealed record Offered(Holding Holding) : InHand(Holding)
    {
        public override string Name => "offered";
    }

    /// <summary>Accepted by us; the key is owed.</summary>
    public sealed record Accepted(Holding Holding, HoldingEvent.Accepted Acceptance) : InHand(Holding)
    {
        public override string Name => "accepted";
    }

    /// <summary>Can be opened. <paramref name="DestructionDue"/> is set once the term has run out.</summary>
    public sealed record UnderRetention(Holding Holding, string ShareDigest, DateTimeOffset ReleasedAt, DateTimeOffset? DestructionDue) : InHand(Holding)
    {
        public override string Name => DestructionDue is null ? "under-retention" : "destruction-due";
    }

    /// <summary>Ordered; waits for <c>notBefore</c> and for holds to end. The order is logged and shown to oversight.</summary>
    public sealed record DestructionOrdered(Holding Holding, ErasureOrder Order) : InHand(Holding)
    {
        public override string Name => "destruction-ordered";
    }

    /// <summary>Being erased; no way back.</summary>
    public sealed record Erasing(Holding Holding, ErasureOrder Order, DateTimeOffset? UnrecoverableFrom, bool CiphertextDeleted) : Known(Holding)
    {
        public override string Name => "erasing";
    }

    /// <summary>Erased here; the certificate is owed or waits for its receipt. <paramref name="UnrecoverableFrom"/> is never earlier than the destruction of the epoch's key.</summary>
    public sealed record Destroyed(
        Holding Holding,
        ErasureOrder Order,
        DateTimeOffset UnrecoverableFrom,
        DateTimeOffset CompletedAt,
        HoldingEvent.CertificateSent? Certificate) : Known(Holding)
    {
        public override string Name => "destroyed";

        /// <summary>More is known of a copy. Where that changes what was certified, a certificate is owed anew.</summary>
        internal Destroyed Told(HoldingEvent.CustodyRecorded custody)
        {
            var holding = Holding.Told(custody);
            return this with { Holding = holding, Certificate = DeclaredCopies.Counts(holding) == DeclaredCopies.Counts(Holding) ? Certificate : null };
        }
    }

    /// <summary>The supplier has the certificate. Final, unless more becomes known of a copy.</summary>
    /// <param name="Before">As it was destroyed and certified.</param>
    public sealed record Certified(Destroyed Before, HoldingEvent.CertificateSent Certificate) : Known(Before.Holding)
    {
        public ErasureOrder Order => Before.Order;

        public override string Name => "certified";
    }

    /// <summary>Time ran out. Bytes fetched before can still be destroyed, and a key that was late on the way still brings its obligations.</summary>
    public sealed record Lapsed(Holding Holding, LapseReason Reason) : InHand(Holding)
    {
        public override string Name => "lapsed";
    }
}

using System.Collections.Immutable;

namespace MlatExchange.Domain.Transfers;

/// <summary>Which side a transfer's stream is.</summary>
public enum UseSide
{
    Unknown,
    Supplier,
    Holder,
}

/// <summary>
/// What is known of the use of a transfer on one side, beside the stage it is in (<see cref="SuppliedTransfer"/>, <see cref="HeldTransfer"/>): both are folded from the same
/// stream. Everything here follows from events alone.
/// </summary>
/// <param name="Transfer">Wire id.</param>
/// <param name="Case">The received request (supplier) or the own request (holder) that the transfer belongs to.</param>
/// <param name="Counterpart">Jurisdiction of the other side.</param>
/// <param name="OfferAct">Digest of the transfer-offer act; null before it was signed.</param>
/// <param name="ReleasedAt">When the key went out or came: obligations run from here. Null before.</param>
/// <param name="EndedAt">When the evidence was destroyed here, or its destruction certified to us. Null before.</param>
/// <param name="LastReview">When the holder last reviewed; null before.</param>
/// <param name="Reported">Instant of the newest report of use by item.</param>
/// <param name="Breaches">Every breach, in the order found.</param>
/// <param name="Onward">Every question about an onward transfer, in the order asked.</param>
/// <param name="Incidents">Every incident, in the order reported.</param>
/// <param name="Demand">The order to destroy that came last; null while none was given.</param>
/// <param name="Remedies">Every remedy, in the order lodged.</param>
public sealed record TransferUse(
    UseSide Side,
    string Transfer,
    Guid Case,
    string Counterpart,
    string? OfferAct,
    IReadOnlyList<EvidenceItem> Items,
    DateTimeOffset? ReleasedAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset? LastReview,
    ImmutableDictionary<string, DateTimeOffset> Reported,
    ImmutableList<Breach> Breaches,
    ImmutableList<OnwardQuestion> Onward,
    ImmutableList<Incident> Incidents,
    Demand? Demand,
    ImmutableList<Remedy> Remedies)
{
    /// <summary>Every act on the items, as far as this side knows it.</summary>
    public CustodyChain Custody { get; private init; } = CustodyChain.Empty;

    /// <summary>Before the first event.</summary>
    public static TransferUse Initial { get; } =
        new(UseSide.Unknown, "", Guid.Empty, "", null, [], null, null, null, ImmutableDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal), [], [], [], null, []);

    /// <summary>Incidents whose containment stands: no key and no byte leaves while there is one.</summary>
    public IEnumerable<Incident> Containing => Incidents.Where(incident => incident.LiftedAt is null);

    /// <summary>The rule that withholds keys and bytes; null while nothing does.</summary>
    public Rule? Withheld => Demand is not null ? UseRules.ToBeDestroyed : Remedies.Any(remedy => remedy.Suspends) ? UseRules.RemedyStands : Containing.Any() ? UseRules.Contained : null;

    /// <summary>The use of the transfer after <paramref name="events"/>.</summary>
    public static TransferUse Fold(IEnumerable<TransferEvent> events) => events.Aggregate(Initial, Evolve);

    /// <summary>The use after one more event of the stream; events of the stage alone change nothing.</summary>
    public static TransferUse Evolve(TransferUse use, TransferEvent happened)
    {
        var after = Step(use, happened);
        var custody = after.Custody.After(after, happened);
        return ReferenceEquals(custody, after.Custody) ? after : after with { Custody = custody };
    }

    private static TransferUse Step(TransferUse use, TransferEvent happened) => happened switch
    {
        SupplyEvent.Prepared e => use with { Side = UseSide.Supplier, Transfer = e.Transfer, Case = e.Received, Counterpart = e.Recipient, Items = e.Items },
        HoldingEvent.OfferReceived e => use with { Side = UseSide.Holder, Transfer = e.Transfer, Case = e.Request, Counterpart = e.Supplier, OfferAct = e.Offer.ActDigest, Items = e.Items },
        SupplyEvent.Offered e => use with { OfferAct = e.Offer.ActDigest },
        SupplyEvent.KeyReleased e => use with { ReleasedAt = e.At },
        HoldingEvent.ShareReceived e => use with { ReleasedAt = e.At },
        HoldingEvent.Reviewed e => use with { LastReview = e.At, Breaches = use.Settled(breach => breach.Kind == BreachKind.ReviewOverdue, e.At) },
        SupplyEvent.CertificateReceived e => use with { EndedAt = e.At },
        HoldingEvent.ErasureCompleted e => use with { EndedAt = e.At, Breaches = use.Settled(breach => breach.Kind is BreachKind.DeleteByPassed or BreachKind.ReviewOverdue, e.At) },
        UseEvent.UseReported e => use.Told(e.Items, e.At),
        UseEvent.UseReportReceived e => use.Told(e.Items, e.At),
        UseEvent.BreachFound e => use with { Breaches = use.Breaches.Add(new(e.Kind, e.Ref, e.DueAt, e.At, null)) },
        UseEvent.OnwardRequested e => use with { Onward = use.Onward.Add(new(e.Asked, e.Items, e.To, e.Purpose, e.At, null)) },
        UseEvent.OnwardRequestReceived e => use with { Onward = use.Onward.Add(new(e.Asked, e.Items, e.To, e.Purpose, e.At, null)) },
        UseEvent.OnwardDecided e => use.Answered(e.Asked, new(e.ActDigest, e.Outcome, e.Conditions, e.At)),
        UseEvent.OnwardDecisionReceived e => use.Answered(e.Asked, new(e.ActDigest, e.Outcome, e.Conditions, e.At)),
        UseEvent.IncidentReported e => use with { Incidents = use.Incidents.Add(new(e.Notice, e.Kind, e.Items, ReportedHere: true, e.At, null)) },
        UseEvent.IncidentNoticed e => use with { Incidents = use.Incidents.Add(new(e.Notice, e.Kind, e.Items, ReportedHere: false, e.At, null)) },
        UseEvent.ContainmentLifted e => use with { Incidents = [.. use.Incidents.Select(incident => incident.Notice == e.Notice ? incident with { LiftedAt = e.At } : incident)] },
        UseEvent e => use with { Demand = Demand.After(use.Demand, e), Remedies = Remedy.After(use.Remedies, e) },
        _ => use,
    };

    /// <summary>The item with the reference; null when there is none.</summary>
    public EvidenceItem? Item(string reference) => Items.FirstOrDefault(item => item.Ref == reference);

    /// <summary>Whether every reference names an item, and there is at least one.</summary>
    public bool Knows(IReadOnlyCollection<string> references) => references.Count > 0 && references.All(reference => Item(reference) is not null);

    /// <summary>When the next report of use of an item is due; null where none is asked, the key is not out, or nothing is held any more.</summary>
    public DateTimeOffset? ReportDue(EvidenceItem item)
    {
        if (ReleasedAt is not { } released || EndedAt is not null || !item.Conditions.Contains("ReportUse")) return null;
        var limit = item.Limit("ReportUse") ?? ConditionLimit.Quarterly;
        // A day is one report; a term asks for one again and again.
        return limit.Day is not null && Reported.ContainsKey(item.Ref) ? null : limit.Passed(Reported.TryGetValue(item.Ref, out var last) ? last : released);
    }

    private TransferUse Told(IReadOnlyList<ItemUses> items, DateTimeOffset at)
    {
        var told = items.Select(item => item.Ref).ToHashSet(StringComparer.Ordinal);
        return this with
        {
            Reported = Reported.SetItems(told.Select(item => KeyValuePair.Create(item, at))),
            Breaches = Settled(breach => breach.Kind == BreachKind.ReportOverdue && told.Contains(breach.Ref), at),
        };
    }

    private ImmutableList<Breach> Settled(Func<Breach, bool> which, DateTimeOffset at) =>
        [.. Breaches.Select(breach => breach.SettledAt is null && which(breach) ? breach with { SettledAt = at } : breach)];

    private TransferUse Answered(string asked, OnwardAnswer answer) =>
        this with { Onward = [.. Onward.Select(question => question.Asked == asked ? question with { Answer = answer } : question)] };
}

/// <summary>A condition that was not kept.</summary>
/// <param name="DueAt">When what was owed was due; null where nothing was owed.</param>
/// <param name="SettledAt">When what was owed came after all; null while it has not, and for what cannot be undone.</param>
public sealed record Breach(BreachKind Kind, string Ref, DateTimeOffset? DueAt, DateTimeOffset FoundAt, DateTimeOffset? SettledAt);

/// <summary>A question about an onward transfer.</summary>
/// <param name="Asked">Digest of the message that asks.</param>
/// <param name="Answer">Null while the supplier has not decided.</param>
public sealed record OnwardQuestion(string Asked, IReadOnlyList<string> Items, OnwardRecipient To, string Purpose, DateTimeOffset At, OnwardAnswer? Answer);

/// <summary>The supplier's signed answer.</summary>
/// <param name="Act">Digest of the onward-decision act.</param>
public sealed record OnwardAnswer(string Act, OnwardOutcome Outcome, IReadOnlyList<string> Conditions, DateTimeOffset At);

/// <summary>Something that went wrong.</summary>
/// <param name="Notice">Digest of the incident notice.</param>
/// <param name="LiftedAt">When an official ended the withholding of keys on this side; null while it stands.</param>
public sealed record Incident(string Notice, IncidentKind Kind, IReadOnlyList<string> Items, bool ReportedHere, DateTimeOffset At, DateTimeOffset? LiftedAt);

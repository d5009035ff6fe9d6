using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>What is done with evidence after it was offered: reports of use, onward transfers, breaches of conditions, incidents. The same family of events on either side.</summary>
public abstract record UseEvent : TransferEvent
{
    private UseEvent()
    {
    }

    /// <summary>The holder tells the supplier what items were used for (2AP 14(8)); words of the report are in the vault.</summary>
    [EventName("transfer.use-reported.v1", "disclosure")]
    public sealed record UseReported(IReadOnlyList<ItemUses> Items, Official By, DateTimeOffset At) : UseEvent;

    /// <summary>The holder's report of use arrived.</summary>
    /// <param name="Report">Digest of the message.</param>
    [EventName("transfer.use-report-received.v1", "collection")]
    public sealed record UseReportReceived(string Report, IReadOnlyList<ItemUses> Items, DateTimeOffset At) : UseEvent;

    /// <summary>The holder asks whether items may be passed on to a third jurisdiction (2AP 14(10)); the reason is in the vault.</summary>
    /// <param name="Asked">Digest of the message that asks: the same on both sides.</param>
    /// <param name="Items">References of the items.</param>
    /// <param name="Purpose">Code of what the recipient wants them for.</param>
    [EventName("transfer.onward-requested.v1", "disclosure")]
    public sealed record OnwardRequested(string Asked, IReadOnlyList<string> Items, OnwardRecipient To, string Purpose, Official By, DateTimeOffset At) : UseEvent;

    /// <summary>The holder's question about an onward transfer arrived.</summary>
    /// <param name="Asked">Digest of the message that asks.</param>
    [EventName("transfer.onward-request-received.v1", "collection")]
    public sealed record OnwardRequestReceived(string Asked, IReadOnlyList<string> Items, OnwardRecipient To, string Purpose, DateTimeOffset At) : UseEvent;

    /// <summary>The supplying authority consents to an onward transfer or refuses it by signature; the reason is in the vault.</summary>
    /// <param name="ActDigest">Digest of the onward-decision act.</param>
    /// <param name="Conditions">Types of the further conditions; none where refused.</param>
    [EventName("transfer.onward-decided.v1", "disclosure")]
    public sealed record OnwardDecided(string Asked, string ActDigest, OnwardOutcome Outcome, IReadOnlyList<string> Conditions, Official By, DateTimeOffset At) : UseEvent;

    /// <summary>The supplying authority's signed answer about an onward transfer arrived.</summary>
    [EventName("transfer.onward-decision-received.v1", "collection")]
    public sealed record OnwardDecisionReceived(string Asked, string ActDigest, OnwardOutcome Outcome, IReadOnlyList<string> Conditions, DateTimeOffset At) : UseEvent;

    /// <summary>A condition of an item was not kept. Each side finds it by its own log.</summary>
    /// <param name="Ref">The item.</param>
    /// <param name="DueAt">When what was owed was due, UTC; null where nothing was owed.</param>
    [EventName("transfer.breach-found.v1", "consultation")]
    public sealed record BreachFound(BreachKind Kind, string Ref, DateTimeOffset? DueAt, DateTimeOffset At) : UseEvent;

    /// <summary>Something went wrong here: the other side is told and keys are withheld until a named official lifts that. What happened, in words, is in the vault.</summary>
    /// <param name="Notice">Digest of the incident notice: the same on both sides.</param>
    [EventName("transfer.incident-reported.v1", "disclosure")]
    public sealed record IncidentReported(string Notice, IncidentKind Kind, IReadOnlyList<string> Items, Official By, DateTimeOffset At) : UseEvent;

    /// <summary>The other side reports an incident: keys are withheld here too.</summary>
    [EventName("transfer.incident-noticed.v1", "collection")]
    public sealed record IncidentNoticed(string Notice, IncidentKind Kind, IReadOnlyList<string> Items, DateTimeOffset At) : UseEvent;

    /// <summary>An official ended the withholding of keys after an incident on this side; the reason is in the vault.</summary>
    [EventName("transfer.containment-lifted.v1", "alteration")]
    public sealed record ContainmentLifted(string Notice, Official By, DateTimeOffset At) : UseEvent;

    /// <summary>The supplying authority orders by signature that what it sent is destroyed; the reason is in the vault.</summary>
    /// <param name="ActDigest">Digest of the destruction-order act.</param>
    /// <param name="NotBefore">Nothing is destroyed before this instant.</param>
    [EventName("transfer.destruction-demanded.v1", "erasure")]
    public sealed record DestructionDemanded(string ActDigest, ErasureGround Ground, string LegalReference, DateTimeOffset NotBefore, Official By, DateTimeOffset At) : UseEvent;

    /// <summary>The supplying authority's order to destroy arrived: nothing may be used from here on, and it is carried out unless a legal hold stands.</summary>
    [EventName("transfer.destruction-demand-received.v1", "erasure")]
    public sealed record DestructionDemandReceived(string ActDigest, ErasureGround Ground, string LegalReference, DateTimeOffset NotBefore, DateTimeOffset At) : UseEvent;

    /// <summary>A legal hold stands against an order to destroy: the supplier is told so.</summary>
    /// <param name="Demand">Digest of the act that orders it.</param>
    /// <param name="Until">When the hold ends by itself; null where it has no end.</param>
    [EventName("transfer.destruction-deferred.v1", "disclosure")]
    public sealed record DestructionDeferred(string Demand, DateTimeOffset? Until, DateTimeOffset At) : UseEvent;

    /// <summary>The holder says that a legal hold stands against the order to destroy.</summary>
    [EventName("transfer.destruction-deferral-noticed.v1", "collection")]
    public sealed record DestructionDeferralNoticed(string Demand, DateTimeOffset? Until, DateTimeOffset At) : UseEvent;

    /// <summary>A person lodged a remedy here (EIO 14, EEV 18); the other side is told. Words are in the vault.</summary>
    /// <param name="Lodged">Digest of the remedy-notice act: names the remedy on both sides.</param>
    /// <param name="Person">Reference of the person in the request, never a name.</param>
    /// <param name="Suspensive">Whether it suspends transfer and use until it is decided (EIO 13(2)).</param>
    [EventName("transfer.remedy-lodged.v1", "disclosure")]
    public sealed record RemedyLodged(string Lodged, string Person, bool Suspensive, string LegalReference, Official By, DateTimeOffset At) : UseEvent;

    /// <summary>A remedy was lodged on the other side.</summary>
    [EventName("transfer.remedy-noticed.v1", "collection")]
    public sealed record RemedyNoticed(string Lodged, string Person, bool Suspensive, string LegalReference, DateTimeOffset At) : UseEvent;

    /// <summary>A remedy lodged here was decided; what follows from it is carried out on both sides. A later decision takes the place of an earlier one.</summary>
    /// <param name="ActDigest">Digest of the remedy-notice act that tells it.</param>
    [EventName("transfer.remedy-decided.v1", "alteration")]
    public sealed record RemedyDecided(string Lodged, string ActDigest, RemedyOutcome Outcome, string LegalReference, Official By, DateTimeOffset At) : UseEvent;

    /// <summary>The other side says how a remedy was decided.</summary>
    [EventName("transfer.remedy-decision-noticed.v1", "collection")]
    public sealed record RemedyDecisionNoticed(string Lodged, string ActDigest, RemedyOutcome Outcome, string LegalReference, DateTimeOffset At) : UseEvent;

    /// <summary>Something was done with an item or a copy of it, as a signed record tells; the record is in the vault.</summary>
    [EventName("transfer.item-acted.v1", "consultation")]
    public sealed record ItemActed(CustodyStep Step, Official By, DateTimeOffset At) : UseEvent;

    /// <summary>An item or a copy of it was disclosed, passed on or returned, as a signed record tells; the record is in the vault.</summary>
    [EventName("transfer.item-disclosed.v1", "disclosure")]
    public sealed record ItemDisclosed(CustodyStep Step, Official By, DateTimeOffset At) : UseEvent;
}

/// <summary>What one item was used for.</summary>
public sealed record ItemUses(string Ref, IReadOnlyList<ItemUse> Uses);

/// <summary>One use of an item.</summary>
/// <param name="Purpose">Code of a purpose, as in requests.</param>
/// <param name="On">The day, UTC.</param>
public sealed record ItemUse(string Purpose, DateOnly On);

/// <summary>Who would get evidence onward.</summary>
/// <param name="Authority">Code of the authority there; null where not known.</param>
public sealed record OnwardRecipient(string Jurisdiction, string? Authority = null);

/// <summary>What the supplier says to an onward transfer.</summary>
public enum OnwardOutcome
{
    Granted,
    Refused,
}

/// <summary>How a condition was broken.</summary>
public enum BreachKind
{
    /// <summary>A report of use was not there when it was due.</summary>
    ReportOverdue,

    /// <summary>Used for another purpose than the one the evidence was asked for.</summary>
    OutsidePurpose,

    /// <summary>Still held after the day by which it was to be deleted.</summary>
    DeleteByPassed,

    /// <summary>Not reviewed by the day set.</summary>
    ReviewOverdue,

    /// <summary>Passed on to a third jurisdiction without the supplier's consent.</summary>
    OnwardWithoutConsent,
}

/// <summary>What a remedy came to (LED 16).</summary>
public enum RemedyOutcome
{
    /// <summary>Nothing changes; a suspension or restriction ends.</summary>
    Dismissed,

    /// <summary>What was transferred is destroyed at once (LED 16(2)).</summary>
    Erase,

    /// <summary>It may not be used, and is kept (LED 16(3)): keys are withheld.</summary>
    Restrict,

    /// <summary>It is wrong and is to be replaced (LED 16(1), 7(3)).</summary>
    Correct,
}

/// <summary>What went wrong.</summary>
public enum IncidentKind
{
    /// <summary>A copy is lost, or somebody got at it.</summary>
    Loss,

    /// <summary>Evidence went to somebody who may not have it, or came without a basis (LED 7(3)).</summary>
    UnlawfulTransfer,

    /// <summary>A condition was broken.</summary>
    Breach,
}

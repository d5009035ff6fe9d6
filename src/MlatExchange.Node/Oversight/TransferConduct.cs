using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;

namespace MlatExchange.Node.Oversight;

/// <summary>What was done with a transfer's evidence, as far as a record tells it.</summary>
/// <param name="Reports">Reports of use.</param>
/// <param name="Breaches">Conditions not kept, in the order found.</param>
/// <param name="Incidents">In the order reported.</param>
/// <param name="Remedies">In the order lodged; null where there is none.</param>
/// <param name="Demand">The order to destroy that stands, of the supplier or from a remedy.</param>
public sealed record TransferConduct(
    int Reports, DateTimeOffset? LastReport, IReadOnlyList<Breach> Breaches, int OnwardAsked, int OnwardGranted, int OnwardRefused, IReadOnlyList<Incident> Incidents,
    IReadOnlyList<Remedy>? Remedies = null, Demand? Demand = null)
{
    /// <summary>Nothing was reported, asked or broken.</summary>
    public static TransferConduct None { get; } = new(0, null, [], 0, 0, 0, []);

    /// <summary>The conduct after one more event.</summary>
    public TransferConduct After(UseEvent happened) => happened switch
    {
        UseEvent.UseReported e => Told(e.Items, e.At),
        UseEvent.UseReportReceived e => Told(e.Items, e.At),
        UseEvent.OnwardRequested or UseEvent.OnwardRequestReceived => this with { OnwardAsked = OnwardAsked + 1 },
        UseEvent.OnwardDecided e => Answered(e.Outcome),
        UseEvent.OnwardDecisionReceived e => Answered(e.Outcome),
        UseEvent.BreachFound e => this with { Breaches = [.. Breaches, new(e.Kind, e.Ref, e.DueAt, e.At, null)] },
        UseEvent.IncidentReported e => this with { Incidents = [.. Incidents, new(e.Notice, e.Kind, e.Items, ReportedHere: true, e.At, null)] },
        UseEvent.IncidentNoticed e => this with { Incidents = [.. Incidents, new(e.Notice, e.Kind, e.Items, ReportedHere: false, e.At, null)] },
        UseEvent.ContainmentLifted e => this with { Incidents = [.. Incidents.Select(incident => incident.Notice == e.Notice ? incident with { LiftedAt = e.At } : incident)] },
        _ => this with { Remedies = Remedy.After([.. Remedies ?? []], happened), Demand = Demand.After(Demand, happened) },
    };

    /// <summary>A review or the destruction settles what was late for it.</summary>
    public TransferConduct Settled(HoldingEvent happened) => happened switch
    {
        HoldingEvent.Reviewed e => Settled(breach => breach.Kind == BreachKind.ReviewOverdue, e.At),
        HoldingEvent.ErasureCompleted e => Settled(breach => breach.Kind is BreachKind.ReviewOverdue or BreachKind.DeleteByPassed, e.At),
        _ => this,
    };

    private TransferConduct Answered(OnwardOutcome outcome) =>
        outcome == OnwardOutcome.Granted ? this with { OnwardGranted = OnwardGranted + 1 } : this with { OnwardRefused = OnwardRefused + 1 };

    private TransferConduct Told(IReadOnlyList<ItemUses> items, DateTimeOffset at) =>
        Settled(breach => breach.Kind == BreachKind.ReportOverdue && items.Any(item => item.Ref == breach.Ref), at) with { Reports = Reports + 1, LastReport = at };

    private TransferConduct Settled(Func<Breach, bool> which, DateTimeOffset at) =>
        this with { Breaches = [.. Breaches.Select(breach => breach.SettledAt is null && which(breach) ? breach with { SettledAt = at } : breach)] };
}

/// <summary>The conduct as oversight reads it: without references of items.</summary>
/// <param name="OpenBreaches">How many of the breaches are not settled.</param>
/// <param name="Contained">Whether keys are withheld on this side after an incident.</param>
public sealed record ConductView(
    int Reports, DateTimeOffset? LastReport, IReadOnlyList<BreachView> Breaches, int OpenBreaches, int OnwardAsked, int OnwardGranted, int OnwardRefused, IReadOnlyList<IncidentView> Incidents, bool Contained,
    IReadOnlyList<RemedyView> Remedies, DemandView? Demand)
{
    public static ConductView Of(TransferConduct? conduct)
    {
        var of = conduct ?? TransferConduct.None;
        return new(
            of.Reports, of.LastReport, [.. of.Breaches.Select(breach => new BreachView(breach.Kind, breach.DueAt, breach.FoundAt, breach.SettledAt))], of.Breaches.Count(breach => breach.SettledAt is null),
            of.OnwardAsked, of.OnwardGranted, of.OnwardRefused, [.. of.Incidents.Select(incident => new IncidentView(incident.Kind, incident.At, incident.ReportedHere, incident.LiftedAt))],
            of.Incidents.Any(incident => incident.LiftedAt is null), [.. (of.Remedies ?? []).Select(remedy => new RemedyView(remedy.At, remedy.LodgedHere, remedy.Suspensive, remedy.Outcome, remedy.DecidedAt))],
            of.Demand is { } demand ? new(demand.Ground, demand.LegalReference, demand.At, demand.Deferred) : null);
    }
}

/// <param name="SettledAt">When what was owed came after all; null while it has not.</param>
public sealed record BreachView(BreachKind Kind, DateTimeOffset? DueAt, DateTimeOffset FoundAt, DateTimeOffset? SettledAt);

/// <param name="LiftedAt">When keys could flow again on this side; null while they are withheld.</param>
public sealed record IncidentView(IncidentKind Kind, DateTimeOffset At, bool ReportedHere, DateTimeOffset? LiftedAt);

/// <param name="Outcome">What it came to; null while it is pending.</param>
public sealed record RemedyView(DateTimeOffset At, bool LodgedHere, bool Suspensive, RemedyOutcome? Outcome, DateTimeOffset? DecidedAt);

/// <param name="Deferred">The holder's word that a legal hold stands against it.</param>
public sealed record DemandView(ErasureGround Ground, string LegalReference, DateTimeOffset At, Deferral? Deferred);

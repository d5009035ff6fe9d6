using System.Collections.Immutable;
using MlatExchange.Domain.Retention;

namespace MlatExchange.Domain.Transfers;

/// <summary>A remedy of a person against a transfer (EIO 14, EEV 18), the same on both sides.</summary>
/// <param name="Lodged">Digest of the remedy-notice act that told of it.</param>
/// <param name="Person">Reference of the person in the request.</param>
/// <param name="Outcome">What it came to; null while it is pending.</param>
public sealed record Remedy(string Lodged, string Person, bool Suspensive, bool LodgedHere, DateTimeOffset At, RemedyOutcome? Outcome, DateTimeOffset? DecidedAt)
{
    /// <summary>Whether keys are withheld because of it: while it is pending and suspends, or once use is restricted.</summary>
    public bool Suspends => Outcome is null ? Suspensive : Outcome == RemedyOutcome.Restrict;

    /// <summary>The remedies after one more event.</summary>
    public static ImmutableList<Remedy> After(ImmutableList<Remedy> before, UseEvent happened) => happened switch
    {
        UseEvent.RemedyLodged e => before.Add(new(e.Lodged, e.Person, e.Suspensive, LodgedHere: true, e.At, null, null)),
        UseEvent.RemedyNoticed e => before.Add(new(e.Lodged, e.Person, e.Suspensive, LodgedHere: false, e.At, null, null)),
        UseEvent.RemedyDecided e => Decided(before, e.Lodged, e.Outcome, e.At),
        UseEvent.RemedyDecisionNoticed e => Decided(before, e.Lodged, e.Outcome, e.At),
        _ => before,
    };

    private static ImmutableList<Remedy> Decided(ImmutableList<Remedy> before, string lodged, RemedyOutcome outcome, DateTimeOffset at) =>
        [.. before.Select(remedy => remedy.Lodged == lodged ? remedy with { Outcome = outcome, DecidedAt = at } : remedy)];
}

/// <summary>An order to destroy, given by the supplier or following from a remedy, the same on both sides.</summary>
/// <param name="Act">Digest of the act that says so.</param>
/// <param name="NotBefore">Nothing is destroyed before this instant.</param>
/// <param name="Deferred">The holder's word that a legal hold stands against it; null while there is none.</param>
public sealed record Demand(string Act, ErasureGround Ground, string LegalReference, DateTimeOffset NotBefore, DateTimeOffset At, Deferral? Deferred)
{
    /// <summary>The order that stands after one more event.</summary>
    public static Demand? After(Demand? before, UseEvent happened) => happened switch
    {
        UseEvent.DestructionDemanded e => new(e.ActDigest, e.Ground, e.LegalReference, e.NotBefore, e.At, null),
        UseEvent.DestructionDemandReceived e => new(e.ActDigest, e.Ground, e.LegalReference, e.NotBefore, e.At, null),
        UseEvent.RemedyDecided { Outcome: RemedyOutcome.Erase } e => new(e.ActDigest, ErasureGround.Remedy, e.LegalReference, e.At, e.At, null),
        UseEvent.RemedyDecisionNoticed { Outcome: RemedyOutcome.Erase } e => new(e.ActDigest, ErasureGround.Remedy, e.LegalReference, e.At, e.At, null),
        UseEvent.DestructionDeferred e when before?.Act == e.Demand => before with { Deferred = new(e.Until, e.At) },
        UseEvent.DestructionDeferralNoticed e when before?.Act == e.Demand => before with { Deferred = new(e.Until, e.At) },
        _ => before,
    };
}

/// <summary>A legal hold stands against an order.</summary>
/// <param name="Until">When the hold ends by itself; null where it has no end.</param>
public sealed record Deferral(DateTimeOffset? Until, DateTimeOffset At);

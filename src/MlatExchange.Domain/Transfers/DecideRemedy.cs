namespace MlatExchange.Domain.Transfers;

/// <summary>
/// A remedy lodged here was decided. What follows happens on both sides: <c>erase</c> takes the path of erasure at once, <c>restrict</c> withholds keys, <c>correct</c> is shown wherever
/// the transfer is shown. A later decision, as on appeal, takes the place of an earlier one; what was erased stays erased.
/// </summary>
/// <param name="ActDigest">Digest of the remedy-notice act that tells it.</param>
public sealed record DecideRemedy(string Lodged, string ActDigest, RemedyOutcome Outcome, string LegalReference, Official By, DateTimeOffset At)
{
    public Decision<UseEvent> Decide(TransferUse use) => use.Remedies.FirstOrDefault(known => known.Lodged == Lodged) switch
    {
        null => new NotPermitted(UseRules.NoSuchRemedy),
        { LodgedHere: false } => new NotPermitted(UseRules.DecidedWhereLodged),
        { Outcome: { } known } when known == Outcome => [],
        _ => [new UseEvent.RemedyDecided(Lodged, ActDigest, Outcome, LegalReference, By, At)],
    };
}

/// <summary>Takes in how a remedy lodged on the other side was decided; only that side can say so.</summary>
/// <param name="ActDigest">Digest of the remedy-notice act that tells it.</param>
public sealed record NoteRemedyDecision(string Lodged, string ActDigest, RemedyOutcome Outcome, string LegalReference, DateTimeOffset At)
{
    public Decision<UseEvent> Decide(TransferUse use) => use.Remedies.FirstOrDefault(known => known.Lodged == Lodged) switch
    {
        null => new NotPermitted(UseRules.NoSuchRemedy),
        { LodgedHere: true } => new NotPermitted(UseRules.DecidedWhereLodged),
        { Outcome: { } known } when known == Outcome => [],
        _ => [new UseEvent.RemedyDecisionNoticed(Lodged, ActDigest, Outcome, LegalReference, At)],
    };
}

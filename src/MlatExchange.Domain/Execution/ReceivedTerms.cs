using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Deadlines;

namespace MlatExchange.Domain.Execution;

/// <summary>The terms that run in a received request, on the requested side. The clock of each starts with the receipt, which is the delivery.</summary>
public static class ReceivedTerms
{
    /// <summary>Whether a decision, a result or the data are still owed.</summary>
    public static bool Owed(ReceivedRequest.InHand state, DeadlineTables tables) =>
        state.Dossier.Own?.Deadline is { } deadline && Of(state, tables).Any(term => term.Met is null && (term.Deadline.Rule.Source == deadline.Rule || term.Deadline.Rule.Source == deadline.Then?.Rule));

    /// <summary>The time for which what is asked for is preserved; null where the instrument knows none.</summary>
    public static PreservationTime? Preserving(ReceivedRequest.InHand state, DeadlineTables tables) => state.Dossier is { Own.Expires: { } expires, Received: var received } dossier
        ? PreservationTime.Of(tables, expires, received.Facts.Addressee.Jurisdiction, received.At, dossier.Clarifications, dossier.Preservation.ExtendedAt is not null)
        : null;

    /// <summary>None after the sender withdrew, or when the execution is completed.</summary>
    public static IReadOnlyList<CaseTerm> Of(ReceivedRequest state, DeadlineTables tables)
    {
        if (state is not ReceivedRequest.InHand { Dossier: var dossier, Decisions: var decisions } || state is ReceivedRequest.WithdrawnBySender or ReceivedRequest.Completed or ReceivedRequest.Closed)
            return [];
        var (facts, at) = (dossier.Received.Facts, dossier.Received.At);
        var own = facts.Addressee.Jurisdiction;
        var terms = new List<CaseTerm>();
        if (facts.Instrument == "EIO")
            terms.Add(tables.Term("eio-acknowledgement", own, at, dossier.AcknowledgedAt ?? dossier.DecidedAt));
        if (dossier.Own?.Deadline is { } deadline)
        {
            var done = dossier.OfferedAt ?? (facts.Items.All(i => decisions.Items.TryGetValue(i.Ref, out var d) && d.Outcome == ItemOutcome.Refused) ? dossier.DecidedAt : null);
            terms.Add(tables.Delayed(deadline, DeadlineEvents.Delivery, own, at, deadline.Then is null ? done : dossier.DecidedAt, dossier.Clarifications, dossier.Delays));
            if (deadline.Then is { } then)
                terms.Add(tables.Delayed(then, DeadlineEvents.Decision, own, dossier.DecidedAt, done, dossier.Clarifications, dossier.Delays));
        }

        if (dossier.Own?.NotifyEnforcingAuthority == true || dossier.Received.Validation == ValidationMode.Within48Hours)
            terms.Add(tables.Term(facts.Urgency.Kind == Codes.Emergency ? "eev-grounds-emergency" : "eev-grounds", own, at, dossier.DecidedAt));
        if (dossier.Own?.Expires is { } expires && dossier.Preservation.Wanted(facts))
            terms.Add(tables.Preserving(expires, own, at, dossier.Preservation.ProductionAt, dossier.Clarifications, dossier.Preservation.ExtendedAt is not null));
        return terms;
    }
}

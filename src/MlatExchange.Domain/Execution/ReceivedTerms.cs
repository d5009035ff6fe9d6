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

    /// <summary>Until when a conflict with the law of a third country may be raised (EEV 17(2)); null under another instrument.</summary>
    public static DateTimeOffset? ConflictUntil(ReceivedRequest.InHand state, DeadlineTables tables) => state.Dossier.Received is { Facts: { Instrument: "EEV" } facts, At: var at }
        ? ConflictOfLaws.Term(tables, facts.Addressee.Jurisdiction, at, null).Deadline.Due
        : null;

    /// <summary>None after the sender withdrew, or when the execution is completed.</summary>
    public static IReadOnlyList<CaseTerm> Of(ReceivedRequest state, DeadlineTables tables)
    {
        if (state is not ReceivedRequest.InHand { Dossier: var dossier, Decisions: var decisions } || state is ReceivedRequest.WithdrawnBySender or ReceivedRequest.Completed or ReceivedRequest.Closed)
            return [];
        var (facts, at) = (dossier.Received.Facts, dossier.Received.At);
        var own = facts.Addressee.Jurisdiction;
        List<CaseTerm> terms = [.. OrderTerms.AtReceipt(facts, tables, at, dossier.AcknowledgedAt ?? dossier.DecidedAt, dossier.ForwardedAt, dossier.Times)];
        if (dossier.Own?.Deadline is { } deadline)
        {
            var done = dossier.OfferedAt ?? (facts.Items.All(i => decisions.Items.TryGetValue(i.Ref, out var d) && d.Outcome == ItemOutcome.Refused) ? dossier.DecidedAt : null);
            terms.Add(tables.Delayed(deadline, DeadlineEvents.Delivery, own, at, deadline.Then is null ? done : dossier.DecidedAt, dossier.Stops, dossier.Delays));
            if (deadline.Then is { } then)
                terms.Add(tables.Delayed(then, DeadlineEvents.Decision, own, dossier.DecidedAt, done, dossier.Stops, dossier.Delays));
        }

        terms.AddRange(OrderTerms.OfDelay(facts, tables, terms.ToList(), dossier.EndedTerms, dossier.Delays));
        var notify = dossier.Own?.NotifyEnforcingAuthority == true;
        if (notify || dossier.Notified is not null || dossier.Received.Validation == ValidationMode.Within48Hours)
            terms.Add(tables.Grounds(facts, notify, dossier.Notified?.At, at, dossier.DecidedAt));
        if (dossier.Enforcement is { } enforcement)
            terms.Add(enforcement.Term(tables, own));
        if (dossier.Times.Conflict is { } conflict)
            terms.Add(ConflictOfLaws.Term(tables, own, at, conflict.RaisedAt));
        if (dossier.Own?.Expires is { } expires && dossier.Preservation.Wanted(facts))
            terms.Add(tables.Preserving(expires, own, at, dossier.Preservation.ProductionAt, dossier.Clarifications, dossier.Preservation.ExtendedAt is not null));
        return terms;
    }
}

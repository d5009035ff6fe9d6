using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Execution;

namespace MlatExchange.Domain.Requests;

/// <summary>The terms that run in a request that was sent, on the requesting side.</summary>
public static class RequestTerms
{
    /// <summary>The time for which what was asked for is preserved, as this side counts it; null where the instrument knows none.</summary>
    public static PreservationTime? Preserving(AssistanceRequest.Dispatched state, DeadlineTables tables) => state.Request.Assessment.Summary.Expires is { } expires
        ? PreservationTime.Of(
            tables, expires, state.Request.Draft.Facts.Addressee.Jurisdiction, state.Dispatch.DeliveredAt, state.Dispatch.Clarifications, state.Dispatch.Preservation.ExtendedAt is not null)
        : null;

    /// <summary>Whether the time to produce is over and nothing was offered.</summary>
    public static bool Unproduced(AssistanceRequest state, DeadlineTables tables, DateTimeOffset now) => state is AssistanceRequest.Sent { Request.Assessment.Summary.Deadline: { } deadline }
        && Of(state, tables).Any(term => term.Deadline.Rule.Source == deadline.Rule && term.IsOver(now));

    /// <summary>In the order in which they matter; none before the request left or after it was withdrawn.</summary>
    public static IReadOnlyList<CaseTerm> Of(AssistanceRequest state, DeadlineTables tables)
    {
        if (state is not AssistanceRequest.Sent { Request: var request, Dispatch: var sent })
            return [];
        var (facts, assessment) = (request.Draft.Facts, request.Assessment.Summary);
        var (own, other) = (facts.Issuer.Jurisdiction, facts.Addressee.Jurisdiction);
        var delivered = sent.DeliveredAt;
        List<CaseTerm> terms = [tables.Term("delivery-receipt", other, sent.SentAt, delivered)];
        terms.AddRange(OrderTerms.AtReceipt(facts, tables, delivered, sent.AcknowledgedAt ?? sent.DecidedAt, sent.ForwardedAt, sent.Times));
        if (assessment.Deadline is { } deadline)
        {
            terms.Add(tables.Delayed(deadline, DeadlineEvents.Delivery, other, delivered, deadline.Then is null ? sent.OfferedAt ?? sent.RefusedAt(facts) : sent.DecidedAt, sent.Stops, sent.Delays));
            if (deadline.Then is { } then)
                terms.Add(tables.Delayed(then, DeadlineEvents.Decision, other, sent.DecidedAt, sent.OfferedAt ?? sent.RefusedAt(facts), sent.Stops, sent.Delays));
        }

        terms.AddRange(OrderTerms.OfDelay(facts, tables, terms.ToList(), sent.EndedTerms, sent.Delays));
        // The notification leaves with the order, so that the receipt of the one stands for the other.
        if (sent.Notified is not null || request.Act.Validation == ValidationMode.Within48Hours)
            terms.Add(tables.Grounds(facts, sent.Notified is not null, sent.Notified is null ? null : delivered, delivered, sent.ObjectedAt ?? sent.DecidedAt));
        if (sent.Times.Conflict is { } conflict)
            terms.Add(ConflictOfLaws.Term(tables, other, delivered, conflict.RaisedAt));
        if (sent.Enforcement is { } enforcement)
            terms.Add(enforcement.Term(tables, other));
        if (assessment.Watch is { } watch && request.Act.Validation == ValidationMode.Within48Hours)
            terms.Add(tables.Term(watch, DutyBound.Requesting, DeadlineEvents.Sending, own, sent.SentAt, sent.Validation == ValidationOutcome.Granted ? sent.ValidatedAt : null, []));
        if (assessment.Expires is { } expires && sent.Preservation.Wanted(facts))
            terms.Add(tables.Preserving(expires, other, delivered, sent.Preservation.ProductionAt, sent.Clarifications, sent.Preservation.ExtendedAt is not null));
        if (facts.Instrument == "EEV" && sent.Clarifications is [.., var last])
            terms.Add(tables.Term(sent.Enforcement is { } asked && last.AskedAt >= asked.AskedAt ? "eev-enforcement-answer" : assessment.Expires is null ? "eev-clarification" : "eev-preservation-clarification", own, last.AskedAt, last.AnsweredAt));
        return terms;
    }
}

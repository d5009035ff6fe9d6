namespace MlatExchange.Domain.Execution;

/// <summary>A term ran out unmet: the node says so by itself, once.</summary>
/// <param name="Term">Id of the term in the table of deadlines; whether its duty was met is the caller's to know.</param>
/// <param name="Source">Article that sets it.</param>
/// <param name="DueAt">Its last instant, UTC.</param>
public sealed record EndTerm(string Term, string Source, DateTimeOffset DueAt, DateTimeOffset At)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state) => state switch
    {
        ReceivedRequest.InHand s when s.Dossier.EndedTerms.Contains(Term) => [],
        ReceivedRequest.WithdrawnBySender or ReceivedRequest.Completed or ReceivedRequest.Closed => ExecutionRules.OutOfOrder(state),
        ReceivedRequest.InHand when At > DueAt => [new ExecutionEvent.TermEnded(Term, Source, DueAt, At)],
        ReceivedRequest.InHand => new NotPermitted(ExecutionRules.TermRuns),
        _ => ExecutionRules.OutOfOrder(state),
    };
}

namespace MlatExchange.Domain.Requests;

/// <summary>A term ran out unmet: the node says so by itself, once. What follows is a command of its own.</summary>
/// <param name="Term">Id of the term in the table of deadlines; whether its duty was met is the caller's to know.</param>
/// <param name="Source">Article that sets it.</param>
/// <param name="DueAt">Its last instant, UTC.</param>
public sealed record EndTerm(string Term, string Source, DateTimeOffset DueAt, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request) => request switch
    {
        AssistanceRequest.Dispatched s when s.Dispatch.EndedTerms.Contains(Term) => [],
        AssistanceRequest.Sent when At > DueAt => [new RequestEvent.TermEnded(Term, Source, DueAt, At)],
        AssistanceRequest.Sent => new NotPermitted(RequestRules.TermRuns),
        _ => RequestRules.OutOfOrder(request),
    };
}

namespace MlatExchange.Domain.Requests;

/// <summary>Records that the executing side asks something (EEV 10(6), 11(5)).</summary>
/// <param name="MessageDigest">Digest of the message that asks; the same digest again is the same question.</param>
/// <param name="Items">References of the items it is about; empty for the request as a whole.</param>
public sealed record RecordClarificationRequest(string MessageDigest, IReadOnlyList<string> Items, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request) => request switch
    {
        AssistanceRequest.Closed => RequestRules.OutOfOrder(request),
        AssistanceRequest.Dispatched s when s.Dispatch.Clarifications.Any(asked => asked.Message == MessageDigest) => [],
        // Also when withdrawn: the question may have crossed the withdrawal.
        AssistanceRequest.Dispatched => [new RequestEvent.ClarificationAsked(MessageDigest, Items, At)],
        _ => RequestRules.OutOfOrder(request),
    };
}

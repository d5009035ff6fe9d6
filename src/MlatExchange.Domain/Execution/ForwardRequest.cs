namespace MlatExchange.Domain.Execution;

/// <summary>An authority that is not competent passes the request on to the one that is, and the sender is told which deals with it (EIO 7(6), 16(1)).</summary>
/// <param name="Authority">Code of the other authority of the same jurisdiction.</param>
/// <param name="Known">Whether the jurisdiction has such an authority; looked up by the caller.</param>
public sealed record ForwardRequest(string Authority, bool Known, Official By, DateTimeOffset At)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state) => state switch
    {
        ReceivedRequest.WithdrawnBySender or ReceivedRequest.Completed or ReceivedRequest.Closed => ExecutionRules.OutOfOrder(state),
        ReceivedRequest.InHand s when s.Dossier.Authority == Authority => [],
        ReceivedRequest.InHand when !Known => new NotPermitted(ExecutionRules.NoSuchAuthority),
        ReceivedRequest.Pending => [new ExecutionEvent.Forwarded(Authority, By, At)],
        ReceivedRequest.InHand => new NotPermitted(ExecutionRules.DecidedHere),
        _ => ExecutionRules.OutOfOrder(state),
    };
}

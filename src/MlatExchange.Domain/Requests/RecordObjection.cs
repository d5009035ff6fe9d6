namespace MlatExchange.Domain.Requests;

/// <summary>
/// Records an objection of the executing side (EEV 12(1)). What was transferred under the request is destroyed then, by itself; the request stays, so that a decision with the
/// ground can still come.
/// </summary>
/// <param name="ActDigest">Digest of the objection act.</param>
/// <param name="ObjectsTo">Digest of the act that it names.</param>
public sealed record RecordObjection(string ActDigest, string ObjectsTo, string Ground, string? Citation, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request) => request switch
    {
        AssistanceRequest.Closed => RequestRules.OutOfOrder(request),
        AssistanceRequest.Dispatched { Dispatch.ObjectedAt: not null } => [],
        AssistanceRequest.Dispatched s when s.Request.ActDigest != ObjectsTo => new NotPermitted(RequestRules.ObjectionToOtherAct),
        // Also when withdrawn: the two may have crossed.
        AssistanceRequest.Dispatched => [new RequestEvent.Objected(ActDigest, Ground, Citation, At)],
        _ => RequestRules.OutOfOrder(request),
    };
}

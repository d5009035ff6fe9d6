using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Execution;

namespace MlatExchange.Domain.Requests;

/// <summary>Nothing more is expected: the case key may go once the last destruction certificate has its receipt.</summary>
/// <param name="OpenTransfers">How many transfers of this request have neither lapsed nor been certified as destroyed; looked up by the caller.</param>
public sealed record CloseRequest(int OpenTransfers, Official By, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request) => request switch
    {
        AssistanceRequest.Closed or AssistanceRequest.ClosedUnsent => [],
        // Nothing left, so nobody owes anything: its key may go.
        AssistanceRequest.Abandoned or AssistanceRequest.ValidationRefused => [new RequestEvent.Closed(By, At)],
        AssistanceRequest.Dispatched when OpenTransfers > 0 => new NotPermitted(RequestRules.TransfersOpen),
        AssistanceRequest.Sent { Request.Act.Validation: not ValidationMode.None, Dispatch.Validation: not ValidationOutcome.Granted } =>
            new NotPermitted(RequestRules.ValidationFirst),
        AssistanceRequest.Sent s when s.Request.Draft.Facts.Items.Any(item => !Settled(s.Dispatch, item)) => new NotPermitted(RequestRules.DecisionsOpen),
        AssistanceRequest.Sent { Dispatch.Preservation: { Running.Count: > 0, ProductionAt: null } } => new NotPermitted(RequestRules.PreservationRuns),
        AssistanceRequest.Dispatched => [new RequestEvent.Closed(By, At)],
        _ => RequestRules.OutOfOrder(request),
    };

    private static bool Settled(Dispatch dispatch, ItemFacts item) =>
        dispatch.Decisions.TryGetValue(item.Ref, out var decision) && decision.Outcome != ItemOutcome.Postponed;
}

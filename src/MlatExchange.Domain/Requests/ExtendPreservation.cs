using MlatExchange.Domain.Execution;

namespace MlatExchange.Domain.Requests;

/// <summary>The issuing authority has data preserved longer (EEV 11(1)): once, by what the instrument allows, and while they are preserved.</summary>
/// <param name="Items">References of the items.</param>
/// <param name="Time">The time of the preservation as this side counts it; null where the instrument knows none.</param>
public sealed record ExtendPreservation(IReadOnlyList<string> Items, PreservationTime? Time, Official By, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request) => request switch
    {
        AssistanceRequest.Sent s when PreservationOrder.Against(s, Items, Time, By, At) is { } rule => new NotPermitted(rule),
        AssistanceRequest.Sent { Dispatch.Preservation.ExtendedAt: not null } => [],
        AssistanceRequest.Sent when Time!.Days is { } days => [new RequestEvent.PreservationExtended(Items, days, By, At)],
        AssistanceRequest.Sent => new NotPermitted(RequestRules.ExtensionNotForeseen),
        _ => RequestRules.OutOfOrder(request),
    };
}

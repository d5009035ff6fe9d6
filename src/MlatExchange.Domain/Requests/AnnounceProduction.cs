using MlatExchange.Domain.Execution;

namespace MlatExchange.Domain.Requests;

/// <summary>The issuing authority says that it has asked for production of what is preserved (EEV 11(1), Annex V; BC 29(7)), so that the data are kept until then.</summary>
/// <param name="Production">Digest of the act that asks for production; null where no such request of the authority to the same jurisdiction was sent.</param>
/// <param name="Items">References of the items of this request.</param>
/// <param name="Time">As in <see cref="ExtendPreservation"/>.</param>
public sealed record AnnounceProduction(string? Production, IReadOnlyList<string> Items, PreservationTime? Time, Official By, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request) => request switch
    {
        AssistanceRequest.Sent { Dispatch.Preservation.Production: { } said } when said == Production => [],
        AssistanceRequest.Sent s when PreservationOrder.Against(s, Items, Time, By, At) is { } rule => new NotPermitted(rule),
        AssistanceRequest.Sent when Production is null => new NotPermitted(RequestRules.ProductionFirst),
        AssistanceRequest.Sent => [new RequestEvent.ProductionAnnounced(Production, Items, By, At)],
        _ => RequestRules.OutOfOrder(request),
    };

    /// <summary>Digest of the act of <paramref name="other"/>, where it is a request of the same authority that was sent to the same jurisdiction and produces something.</summary>
    public static string? Of(AssistanceRequest other, AssistanceRequest.Sent preservation) =>
        other is AssistanceRequest.Sent { Request: var asked }
        && asked.Draft.Facts.Addressee.Jurisdiction == preservation.Request.Draft.Facts.Addressee.Jurisdiction
        && asked.Draft.Facts.Issuer.Authority == preservation.Request.Draft.Facts.Issuer.Authority
        && asked.Draft.Facts.Items.Any(item => item.Measure != "preserve")
            ? asked.ActDigest
            : null;
}

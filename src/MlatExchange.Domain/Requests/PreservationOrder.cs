using MlatExchange.Domain.Execution;

namespace MlatExchange.Domain.Requests;

/// <summary>What the issuing authority's words about a preservation share.</summary>
internal static class PreservationOrder
{
    public static Rule? Against(AssistanceRequest.Sent sent, IReadOnlyList<string> items, PreservationTime? time, Official by, DateTimeOffset at)
    {
        var (facts, preservation) = (sent.Request.Draft.Facts, sent.Dispatch.Preservation);
        if (by.Authority != facts.Issuer.Authority) return RequestRules.IssuingAuthorityOnly;
        if (items.Any(item => facts.Items.All(asked => asked.Ref != item))) return RequestRules.NoSuchItem;
        if (time is null || items.Count == 0 || items.Any(item => facts.Items.First(asked => asked.Ref == item).Measure != "preserve")) return RequestRules.NotToBePreserved;
        return !preservation.MayRun(items) || (time.IsOver(at) && preservation.ProductionAt is null) ? RequestRules.PreservationOver : null;
    }
}

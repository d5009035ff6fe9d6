using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Storage;

namespace MlatExchange.Node.Tests.Oversight;

/// <summary>Events of cases behind transfers.</summary>
internal static class Cases
{
    /// <summary>A request in an emergency, about a minor, for special categories, with onward transfer planned.</summary>
    public static RequestFacts Facts => new(
        "EEV", new("XB", "xb-central"), new("XA", "xa-prosecutor", "public-prosecutor"), [new("EEV", "5")], new(60, null, true, null), "investigation", new("emergency", "life", true),
        [new("p1", "LED6c", "victim", "XB", Minor: true)], [new("i1", "content", "produce", "account", null, null, "p1", [], SpecialCategory: true)], new("establish-the-facts", true, true), Given.Terms(30), [],
        new(false, null), "en", true, null, true, null, OnwardTransfer: "state");

    /// <summary>Drafts the request of a case; answers the number of events.</summary>
    public static Task<long> Drafted(OversightNode node, Guid id) => Goes(node, id, 0, new RequestEvent.Drafted(Facts, "threadthreadthreadthre", Given.Somebody, Given.Start));

    public static async Task<long> Goes(OversightNode node, Guid id, long version, params RequestEvent[] events)
    {
        var group = node.Get<Recording.Journal>().Begin($"case-{id}");
        group.Add<RequestEvent>(AssistanceRequest.StreamName(id), version, [.. events], null, new Dictionary<string, string> { ["case"] = id.ToString() });
        Assert.IsType<AppendOutcome.Appended>(await node.Ledger.Store.Append(group.ToAppend()));
        return events.Length;
    }
}

using System.Net;

namespace MlatExchange.Scenarios;

/// <summary>An order to preserve runs out after its 60 days, one that was extended after 30 more; both nodes come to it by themselves, over a restart, and say the same.</summary>
[Collection(ScenarioWithClock.Name)]
public class PreservationsInTime(PairForMonths nodes) : IClassFixture<PairForMonths>
{
    [Fact]
    public async Task What_is_preserved_is_let_go_after_60_days_and_what_was_extended_after_90()
    {
        var (plain, extended) = (await Preserved(), await Preserved());
        (await extended.Ask("extension", new { items = new[] { "i1" } })).Expect(HttpStatusCode.Accepted);
        await extended.AtXaOnce("extended");
        await nodes.RenewLists(TimeSpan.FromDays(64)); // 60 days, and what a weekend or a holiday at their end adds

        await plain.AtXaOnce("expired");
        Assert.Equal("late", Preservations.Preserving(await plain.AtXb(), "eev-preservation"));
        Assert.Contains("request.preservation-status-received.v1", EmergencyStory.Timeline(await plain.AtXa()));
        var timeline = EmergencyStory.Timeline(await plain.AtXb()).ToList();
        Assert.Equal(timeline.IndexOf("received.term-ended.v1") + 1, timeline.IndexOf("received.preservation-ended.v1"));
        Assert.Equal("preservation-over", (await plain.Ask("extension", new { items = new[] { "i1" } })).Expect(HttpStatusCode.Conflict).Rule);
        (await plain.Ask("closure", new { })).Expect(HttpStatusCode.Accepted);

        foreach (var view in new[] { await extended.AtXa(), await extended.AtXb() })
        {
            Assert.Equal("running", Preservations.Preserving(view, "eev-preservation"));
            Assert.DoesNotContain(EmergencyStory.Timeline(view), name => name.EndsWith("preservation-ended.v1", StringComparison.Ordinal));
        }

        await nodes.RenewLists(TimeSpan.FromDays(32));
        await extended.AtXaOnce("expired");
        Assert.Equal("late", Preservations.Preserving(await extended.AtXb(), "eev-preservation"));
        Assert.Single(EmergencyStory.Timeline(await extended.AtXb()), name => name == "received.preservation-ended.v1");
    }

    private async Task<Preservations.Story> Preserved()
    {
        var story = await Preservations.Story.Of(nodes, Preservations.Order());
        await story.Decide();
        (await story.Confirm()).Expect(HttpStatusCode.Accepted);
        await story.AtXaOnce("preserved");
        return story;
    }
}

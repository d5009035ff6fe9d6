using System.Net;
using System.Text.Json;

namespace MlatExchange.Scenarios;

/// <summary>The executing authority says that it will be late: both sides see it with the term, its rule and the sentence.</summary>
[Collection(Scenario.Name)]
public class Delays(TwoJurisdictions nodes)
{
    [Fact]
    public async Task A_notice_of_delay_is_shown_with_the_term_that_runs_on_both_sides()
    {
        var (file, at) = (CaseFile.Load("01"), nodes.AtXa);
        var (id, thread, _) = await at.DraftToSignature(file);
        var received = (await nodes.AtXb.Arrived(file.Addressee, thread)).GetProperty("id").GetString()!;
        await at.Receipted(file, id);
        var executing = await nodes.AtXb.Token("executing", file.Addressee, "executing-prosecutor", "signer");
        async Task<JsonElement> AtXb() => (await nodes.AtXb.Get($"/api/received/{received}", executing)).Expect(HttpStatusCode.OK).Body;

        var route = $"/api/received/{received}/delay";
        Assert.Equal("delay-into-the-past", (await nodes.AtXb.Post(route, executing, new { ground = "volume", until = "2020-01-01T00:00:00.000Z", reason = "Late." })).Expect(HttpStatusCode.Conflict).Rule);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await nodes.AtXb.Post(route, executing, new { ground = "Two words", until = "2099-01-01T00:00:00.000Z", reason = "Late." })).Status);
        var notice = new { ground = "volume", until = "2099-01-31T12:00:00.000Z", reason = "The provider holds two years of logs." };
        (await nodes.AtXb.Post(route, executing, notice)).Expect(HttpStatusCode.Accepted);
        (await nodes.AtXb.Post(route, executing, notice)).Expect(HttpStatusCode.Accepted);

        JsonElement view = default;
        await Eventually.True(async () => (view = await at.View(file, id)).GetProperty("delays").GetArrayLength() == 1, "the notice arrives");
        foreach (var side in new[] { view, await AtXb() })
        {
            Assert.Equal("The provider holds two years of logs.", Assert.Single(side.GetProperty("delays").EnumerateArray()).GetProperty("reason").GetString());
            var production = side.GetProperty("deadlines").EnumerateArray().Single(term => term.GetProperty("term").GetString() == "eev-production");
            Assert.Equal(("EEV 10(3)", "volume"), (production.GetProperty("rule").GetString(), production.GetProperty("delay").GetProperty("ground").GetString()));
            Assert.EndsWith("(reason: volume), until 2099-01-31 12:00 UTC: the term stays as it is.", production.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        }
    }
}

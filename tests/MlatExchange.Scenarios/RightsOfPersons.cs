using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlatExchange.Scenarios;

/// <summary>What a person's remedy and a supplier's order come to on both sides: suspended, restricted, destroyed and certified.</summary>
[Collection(ScenarioWithClock.Name)]
public class RightsOfPersons(PairForMonths nodes) : IClassFixture<PairForMonths>
{
    [Fact]
    public async Task A_remedy_that_suspends_withholds_keys_on_both_sides_and_one_that_is_upheld_destroys_at_once()
    {
        var story = await Held();
        var path = $"/api/transfers/{story.Transfer}";
        Assert.Equal("no-such-person", (await nodes.AtXb.Post(path + "/remedies", await story.Executing(), Lodge("p99"))).Expect(HttpStatusCode.Conflict).Rule);
        var lodged = (await nodes.AtXb.Post(path + "/remedies", await story.Executing(), Lodge("p1"))).Expect(HttpStatusCode.Accepted).Body.GetProperty("about").GetProperty("notice").GetString()!;
        await EmergencyStory.Until(story.HeldTransfer, "the remedy arrives", view => Withheld(view) == "remedy-stands");
        Assert.Equal("remedy-stands", (await nodes.AtXa.Get(path + "/items/log/key", await story.Holding())).Expect(HttpStatusCode.Conflict).Rule);
        Assert.Equal("remedy-stands", (await nodes.AtXa.Get(path + "/items/log/content", await story.Holding())).Expect(HttpStatusCode.Conflict).Rule);
        Assert.Equal(lodged, (await story.HeldTransfer()).GetProperty("use").GetProperty("remedies")[0].GetProperty("lodged").GetString());

        object Come(string outcome) => new { lodged, outcome, legalReference = "LED 16(2)", reason = "As Planted-Court found." };
        Assert.Equal("decided-where-lodged", (await nodes.AtXa.Post(path + "/remedies/decisions", await story.Holding(), Come("dismissed"))).Expect(HttpStatusCode.Conflict).Rule);
        (await nodes.AtXb.Post(path + "/remedies/decisions", await story.Executing(), Come("dismissed"))).Expect(HttpStatusCode.Accepted);
        await Eventually.True(async () => (await nodes.AtXa.Get(path + "/items/log/key", await story.Holding())).Status == HttpStatusCode.OK, "dismissed, keys flow again");
        // The appeal: what was dismissed is upheld.
        (await nodes.AtXb.Post(path + "/remedies/decisions", await story.Executing(), Come("erase"))).Expect(HttpStatusCode.Accepted);
        nodes.Clock.Forward(TimeSpan.FromMinutes(1));
        await EmergencyStory.Until(story.HeldTransfer, "it is destroyed", view => view.GetProperty("state").GetString() is "erasing" or "destroyed" or "certified");
        Assert.Equal(("remedy", "LED 16(2)"), Order(await story.HeldTransfer()));
        Assert.Equal(HttpStatusCode.Gone, (await nodes.AtXa.Get(path + "/items/log/key", await story.Holding())).Status);
        await Certified(story);
        foreach (var (at, body) in new[] { (nodes.AtXa, "xa-oversight"), (nodes.AtXb, "xb-oversight") })
            await Eventually.True(async () => (await Conduct(at, body, story.Transfer)).GetProperty("remedies")[0] is var remedy && remedy.GetProperty("outcome").GetString() == "erase" && !remedy.TryGetProperty("person", out _), "oversight sees it");
    }

    [Fact]
    public async Task The_suppliers_order_to_destroy_respects_a_legal_hold_which_is_answered_and_is_certified_when_it_is_over()
    {
        var story = await Held();
        var path = $"/api/transfers/{story.Transfer}";
        object Order(string ground) => new { ground, legalReference = "XB Act 9", reason = "The court of Planted-City quashed it." };
        Assert.Equal("supplier-only", (await nodes.AtXa.Post(path + "/destruction-orders", await story.Holding(), Order("court-order"))).Expect(HttpStatusCode.Conflict).Rule);
        Assert.Equal("not-suppliers-ground", (await nodes.AtXb.Post(path + "/destruction-orders", await story.Executing(), Order("holder-decision"))).Expect(HttpStatusCode.Conflict).Rule);
        var until = DateTimeOffset.FromUnixTimeSeconds(nodes.Clock.GetUtcNow().AddDays(5).ToUnixTimeSeconds());
        (await nodes.AtXa.Post(path + "/holds", await story.Holding(), new { basis = "appeal-pending", legalReference = "XA Act 7", authority = "xa-judge", until = until.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture), reason = "Needed on appeal." })).Expect(HttpStatusCode.Accepted);
        var order = (await nodes.AtXb.Post(path + "/destruction-orders", await story.Executing(), Order("court-order"))).Expect(HttpStatusCode.Accepted).Body.GetProperty("about").GetProperty("order").GetString()!;
        await EmergencyStory.Until(story.SuppliedTransfer, "this side stops by itself", view => view.GetProperty("state").GetString() == "stopped");
        await EmergencyStory.Until(story.HeldTransfer, "the order arrives", view => Withheld(view) == "to-be-destroyed");
        Assert.Equal("to-be-destroyed", (await nodes.AtXa.Get(path + "/items/log/key", await story.Holding())).Expect(HttpStatusCode.Conflict).Rule);
        await EmergencyStory.Until(story.SuppliedTransfer, "the hold is answered", view => view.GetProperty("use").GetProperty("demand").TryGetProperty("deferred", out _));
        var demand = (await story.SuppliedTransfer()).GetProperty("use").GetProperty("demand");
        Assert.Equal((order, until), (demand.GetProperty("act").GetString(), demand.GetProperty("deferred").GetProperty("until").GetDateTimeOffset()));
        Assert.Equal("under-retention", (await story.HeldTransfer()).GetProperty("state").GetString());

        nodes.Clock.Forward(TimeSpan.FromDays(6));
        await EmergencyStory.Until(story.HeldTransfer, "the hold ends and it goes", view => view.GetProperty("state").GetString() is "erasing" or "destroyed" or "certified");
        Assert.Equal(("court-order", "XB Act 9"), RightsOfPersons.Order(await story.HeldTransfer()));
        await Certified(story);
    }

    private async Task<EmergencyStory> Held()
    {
        var story = new EmergencyStory(nodes, nodes.Clock);
        await story.Send();
        await story.Obtain();
        await story.Accept();
        var judge = await nodes.AtXa.Token("judging", "xa-judge", "judge");
        (await nodes.AtXa.Post($"/api/requests/{story.Request}/validation", judge, new { decision = "granted" })).Expect(HttpStatusCode.Accepted);
        return story;
    }

    private async Task Certified(EmergencyStory story)
    {
        nodes.Clock.Forward(TimeSpan.FromDays(8)); // the epoch of the key store ends
        await story.Account();
        Assert.Contains("transfer.certificate-received.v1", EmergencyStory.Timeline(await story.SuppliedTransfer()));
    }

    private static object Lodge(string person) => new { person, suspensive = true, legalReference = "EEV 18", reason = "Planted-Person challenges the order." };

    private static string? Withheld(JsonElement view) => view.GetProperty("use").TryGetProperty("withheld", out var rule) ? rule.GetString() : null;

    private static (string?, string?) Order(JsonElement held) => (held.GetProperty("order").GetProperty("ground").GetString(), held.GetProperty("order").GetProperty("legalReference").GetString());

    private static async Task<JsonElement> Conduct(NodeClient at, string body, string transfer) =>
        (await at.Send(HttpMethod.Get, "/api/oversight/transfers?limit=500", await at.Token("watching", body, "oversight"), null, ("Purpose-Code", "lawfulness-verification"), ("Justification", "Because")))
            .Expect(HttpStatusCode.OK).Body.GetProperty("records").EnumerateArray().Single(record => record.GetProperty("transfer").GetString() == transfer).GetProperty("conduct");
}

using System.Net;
using System.Text.Json;

namespace MlatExchange.Scenarios;

/// <summary>The enforcing authority is notified with an order for content, and may raise a ground for refusal (EEV 8, 12).</summary>
[Collection(Scenario.Name)]
public class EnforcementNotifications(TwoJurisdictions nodes)
{
    [Fact]
    public async Task It_leaves_with_the_order_starts_the_ten_days_on_both_sides_and_the_ground_returns()
    {
        var (file, at) = (CaseFile.Load("03"), nodes.AtXa);
        var (id, thread, signed) = await at.DraftToSignature(file);
        signed.Expect(HttpStatusCode.Accepted);
        var received = (await nodes.AtXb.Arrived(file.Addressee, thread)).GetProperty("id").GetString()!;
        var executing = await nodes.AtXb.Token("executing", file.Addressee, "executing-prosecutor", "signer");
        JsonElement there = default;
        async Task<JsonElement> AtXb() => there = (await nodes.AtXb.Get($"/api/received/{received}", executing)).Expect(HttpStatusCode.OK).Body;
        await Eventually.True(async () => (await AtXb()).TryGetProperty("enforcement", out var told) && told.ValueKind == JsonValueKind.Object, "the notification arrives");
        await at.Receipted(file, id);
        var here = await at.View(file, id);
        foreach (var view in new[] { here, there })
        {
            var enforcement = view.GetProperty("enforcement");
            Assert.Equal(("xb-central", "i1 i2", true), (enforcement.GetProperty("authority").GetString(), string.Join(' ', enforcement.GetProperty("items").EnumerateArray()), enforcement.GetProperty("suspends").GetBoolean()));
            var grounds = view.GetProperty("deadlines").EnumerateArray().Single(term => term.GetProperty("term").GetString() == "eev-grounds");
            Assert.Equal("running", grounds.GetProperty("standing").GetString());
            Assert.Contains("counted from the notification of the enforcing authority", grounds.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        }
        var left = EmergencyStory.Timeline(here).ToList();
        Assert.Equal(left.IndexOf("request.sent.v1") + 1, left.IndexOf("request.enforcement-notified.v1"));
        Assert.Single(EmergencyStory.Timeline(there), name => name == "received.enforcement-notified.v1");

        var signer = await nodes.AtXb.Token("objecting", file.Addressee, "signer");
        var ground = new { ground = "immunity-or-privilege", citation = "EEV 12(1)(a)", reason = "The account belongs to a member of parliament." };
        (await nodes.AtXb.Post($"/api/received/{received}/objection", signer, ground)).Expect(HttpStatusCode.Accepted);
        await Eventually.True(async () => EmergencyStory.Timeline(await at.View(file, id)).Contains("request.objected.v1"), "the ground arrives");
        var decided = await nodes.AtXb.Post($"/api/received/{received}/decision", executing, new { reason = "All the same." });
        Assert.Equal("objection-stands", decided.Expect(HttpStatusCode.Conflict).Rule);
    }
}

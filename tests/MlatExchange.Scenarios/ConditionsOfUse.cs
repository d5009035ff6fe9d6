using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlatExchange.Scenarios;

/// <summary>What binds whoever holds evidence: reports of use, onward transfers with consent alone, incidents that stop keys on both sides. The clock of both nodes is put forward.</summary>
[Collection(ScenarioWithClock.Name)]
public class ConditionsOfUse(PairWithClock nodes)
{
    private static readonly JsonArray Conditions =
    [
        new JsonObject { ["type"] = "UseOnlyFor", ["value"] = "the case of Planted-Condition" }, new JsonObject { ["type"] = "ReportUse", ["value"] = "P1D" }, new JsonObject { ["type"] = "OnwardWithConsent" },
    ];

    [Fact]
    public async Task A_report_in_time_is_seen_by_both_sides_and_one_that_is_missing_is_a_breach_on_both_sides_and_before_oversight()
    {
        var story = await Held();
        var held = await story.HeldTransfer();
        var due = held.GetProperty("use").GetProperty("reportsDue")[0].GetProperty("at").GetDateTimeOffset();
        Assert.Equal(held.GetProperty("use").GetProperty("releasedAt").GetDateTimeOffset().AddDays(1), due);
        Assert.Equal("P1D", Disclosed(held, "condition/log/1"));

        var report = new { items = new[] { new { @ref = "log", uses = new[] { new { purpose = "trace-proceeds", on = Today() } } } }, report = "Read by Planted-Reader." };
        (await nodes.AtXa.Post($"/api/transfers/{story.Transfer}/use-reports", await story.Holding(), report)).Expect(HttpStatusCode.Accepted);
        await EmergencyStory.Until(story.SuppliedTransfer, "the report arrives", view => view.GetProperty("use").GetProperty("reported").TryGetProperty("log", out _));
        // The same use is outside the purpose on both sides, each by its own log.
        Assert.Equal(["outside-purpose"], Breaches(await story.HeldTransfer()));
        Assert.Equal(["outside-purpose"], Breaches(await story.SuppliedTransfer()));

        nodes.Clock.Forward(TimeSpan.FromHours(25));
        await EmergencyStory.Until(story.HeldTransfer, "the holder records the breach", view => Breaches(view).Contains("report-overdue"));
        await EmergencyStory.Until(story.SuppliedTransfer, "the supplier records it too", view => Breaches(view).Contains("report-overdue"));
        await Eventually.True(async () => Kinds(await Record(nodes.AtXa, "xa-oversight", story.Transfer)).Contains("report-overdue"), "oversight of the holder sees it");
        await Eventually.True(async () => Kinds(await Record(nodes.AtXb, "xb-oversight", story.Transfer)).Contains("report-overdue"), "oversight of the supplier sees it");

        (await nodes.AtXa.Post($"/api/transfers/{story.Transfer}/use-reports", await story.Holding(), new { items = new[] { new { @ref = "log", uses = Array.Empty<object>() } } })).Expect(HttpStatusCode.Accepted);
        await EmergencyStory.Until(story.SuppliedTransfer, "the late report settles it", view => view.GetProperty("use").GetProperty("breaches").EnumerateArray()
            .Single(breach => breach.GetProperty("kind").GetString() == "report-overdue").TryGetProperty("settledAt", out _));
    }

    [Fact]
    public async Task Evidence_goes_onward_with_the_suppliers_signed_consent_alone()
    {
        var story = await Held();
        var path = $"/api/transfers/{story.Transfer}";
        object Ask(string jurisdiction) => new { items = new[] { "log" }, to = new { jurisdiction, authority = "xc-central" }, purpose = "establish-the-facts", reason = "XC investigates Planted-Person." };
        Assert.Equal("not-onward", (await nodes.AtXa.Post(path + "/onward-requests", await story.Holding(), Ask("XB"))).Expect(HttpStatusCode.Conflict).Rule);
        var asked = (await nodes.AtXa.Post(path + "/onward-requests", await story.Holding(), Ask("XC"))).Expect(HttpStatusCode.Accepted).Body.GetProperty("about").GetProperty("asked").GetString()!;
        Assert.Equal("onward-pending", (await nodes.AtXa.Post(path + "/onward-requests", await story.Holding(), Ask("XC"))).Expect(HttpStatusCode.Conflict).Rule);

        await EmergencyStory.Until(story.SuppliedTransfer, "the question arrives", view => view.GetProperty("use").GetProperty("onward").GetArrayLength() == 1);
        Assert.Equal(asked, (await story.SuppliedTransfer()).GetProperty("use").GetProperty("onward")[0].GetProperty("asked").GetString());
        Assert.Equal("not-asked", (await nodes.AtXb.Post(path + "/onward-decisions", await story.Executing(), new { asked = "sha-256:x", outcome = "granted", reason = "So." })).Expect(HttpStatusCode.Conflict).Rule);
        (await nodes.AtXb.Post(path + "/onward-decisions", await story.Executing(), new { asked, outcome = "granted", conditions = new[] { "Confidential" }, reason = "As agreed with Planted-Colleague." })).Expect(HttpStatusCode.Accepted);
        await EmergencyStory.Until(story.HeldTransfer, "the consent arrives", view => view.GetProperty("use").GetProperty("onward")[0].TryGetProperty("answer", out _));
        var answer = (await story.HeldTransfer()).GetProperty("use").GetProperty("onward")[0].GetProperty("answer");
        Assert.Equal(("granted", "Confidential"), (answer.GetProperty("outcome").GetString(), answer.GetProperty("conditions")[0].GetString()));

        var closed = await Held(new JsonArray(new JsonObject { ["type"] = "NoOnward" }));
        Assert.Equal("no-onward", (await nodes.AtXa.Post($"/api/transfers/{closed.Transfer}/onward-requests", await closed.Holding(), Ask("XC"))).Expect(HttpStatusCode.Conflict).Rule);
    }

    [Fact]
    public async Task Every_act_on_a_copy_stands_in_one_chain_and_what_breaks_a_condition_is_refused_before_and_a_breach_after()
    {
        var story = await Held();
        var path = $"/api/transfers/{story.Transfer}/custody";
        var copy = await story.Open();
        Assert.Equal((0, ""), await story.Custody("analysed", copy));
        var (refused, why) = await story.Custody("analysed", copy, "--purpose", "trace-proceeds");
        Assert.True(refused == 1 && why.Contains("UseOnlyFor", StringComparison.Ordinal), why);
        Assert.True((await story.Custody("passed-on", copy, "--to", "XC/xc-central")) is (1, var asked) && asked.Contains("consent", StringComparison.Ordinal));
        Assert.Empty(Breaches(await story.HeldTransfer()));
        Assert.Equal((0, ""), await story.Custody("passed-on", copy, "--to", "XC/xc-central", "--purpose", "trace-proceeds", "--despite-conditions"));
        Assert.Equal(["outside-purpose", "onward-without-consent"], Breaches(await story.HeldTransfer()));

        // A chain cannot be told differently later: the record before last, signed anew, finds its place taken.
        var records = (await File.ReadAllLinesAsync(copy + ".custody.jwt"))[..2];
        await File.WriteAllTextAsync(copy + ".custody.jwt", string.Join('\n', records));
        Assert.True((await story.Custody("disclosed-to-court", copy)) is (5, var broken) && broken.Contains("custody-predecessor", StringComparison.Ordinal));
        Assert.Equal("/record", (await nodes.AtXa.Post(path, await story.Holding(), new { record = records[0][..^4] + "AAAA" })).Expect(HttpStatusCode.UnprocessableEntity).Body.GetProperty("errors")[0].GetProperty("pointer").GetString());

        var held = (await nodes.AtXa.Get(path, await story.Holding())).Expect(HttpStatusCode.OK).Body.GetProperty("acts").EnumerateArray().ToList();
        Assert.Equal(["offered", "released", "fetched", "opened", "analysed", "passed-on"], held.Select(act => act.GetProperty("act").GetString()).Order(StringComparer.Ordinal).OrderBy(act => Array.IndexOf(Order, act)));
        Assert.All(held, act => Assert.Contains(act.GetProperty("previous").GetString(), held.Select(one => one.GetProperty("record").GetString()).Append(Sealing(held))));
        var supplied = (await nodes.AtXb.Get(path, await story.Executing())).Expect(HttpStatusCode.OK).Body.GetProperty("acts").EnumerateArray().ToList();
        Assert.Equal(("sealed", Sealing(held)), (supplied[0].GetProperty("act").GetString(), supplied[0].GetProperty("record").GetString()));
        Assert.Equal(supplied.Single(act => act.GetProperty("act").GetString() == "offered").GetProperty("record").GetString(), held[0].GetProperty("record").GetString());
    }

    private static readonly string?[] Order = ["offered", "released", "fetched", "opened", "analysed", "passed-on"];

    /// <summary>What the offer, the first act that the holder knows, follows.</summary>
    private static string? Sealing(List<JsonElement> held) => held[0].GetProperty("previous").GetString();

    [Fact]
    public async Task An_incident_at_one_side_withholds_keys_on_both_until_an_official_of_each_lifts_it()
    {
        var story = await Held();
        var path = $"/api/transfers/{story.Transfer}";
        (await nodes.AtXa.Get(path + "/items/log/key", await story.Holding())).Expect(HttpStatusCode.OK);
        var began = DateTimeOffset.UtcNow;
        var incident = (await nodes.AtXb.Post(path + "/incidents", await story.Executing(), new { kind = "unlawful-transfer", items = new[] { "log" }, reason = "Sent for Planted-Other by mistake." }))
            .Expect(HttpStatusCode.Accepted).Body.GetProperty("about").GetProperty("incident").GetString()!;
        await EmergencyStory.Until(story.HeldTransfer, "the notice arrives", view => view.GetProperty("use").GetProperty("contained").GetBoolean());
        Assert.Equal("contained", (await nodes.AtXa.Get(path + "/items/log/key", await story.Holding())).Expect(HttpStatusCode.Conflict).Rule);
        Assert.Equal("contained", (await nodes.AtXa.Get(path + "/items/log/content", await story.Holding())).Expect(HttpStatusCode.Conflict).Rule);
        foreach (var (at, body) in new[] { (nodes.AtXa, "xa-oversight"), (nodes.AtXb, "xb-oversight") })
            await Eventually.True(async () => (await Record(at, body, story.Transfer)).GetProperty("conduct").GetProperty("contained").GetBoolean(), "oversight sees it");
        Assert.True(DateTimeOffset.UtcNow - began < TimeSpan.FromMinutes(1), "not in the same minute");

        // Each side lifts for itself alone.
        (await nodes.AtXb.Post(path + "/containment", await story.Executing(), new { incident, reason = "It was for the right person." })).Expect(HttpStatusCode.Accepted);
        Assert.False((await story.SuppliedTransfer()).GetProperty("use").GetProperty("contained").GetBoolean());
        Assert.Equal("contained", (await nodes.AtXa.Get(path + "/items/log/key", await story.Holding())).Expect(HttpStatusCode.Conflict).Rule);
        (await nodes.AtXa.Post(path + "/containment", await story.Holding(), new { incident, reason = "Confirmed by telephone." })).Expect(HttpStatusCode.Accepted);
        (await nodes.AtXa.Get(path + "/items/log/key", await story.Holding())).Expect(HttpStatusCode.OK);
        Assert.Equal("no-such-incident", (await nodes.AtXa.Post(path + "/containment", await story.Holding(), new { incident = "sha-256:x", reason = "?" })).Expect(HttpStatusCode.Conflict).Rule);
    }

    [Fact]
    public async Task While_an_incident_stands_the_supplier_releases_no_key()
    {
        var story = new EmergencyStory(nodes, nodes.Clock);
        await story.Send();
        await story.Obtain(Conditions.DeepClone().AsArray());
        var path = $"/api/transfers/{story.Transfer}";
        var incident = (await nodes.AtXb.Post(path + "/incidents", await story.Executing(), new { kind = "breach", reason = "The sealing machine was broken into." }))
            .Expect(HttpStatusCode.Accepted).Body.GetProperty("about").GetProperty("incident").GetString()!;
        await story.Answer();
        await EmergencyStory.Until(story.SuppliedTransfer, "the acceptance arrives", view => view.GetProperty("state").GetString() == "accepted");
        await EmergencyStory.Until(story.HeldTransfer, "the notice arrives", view => view.GetProperty("use").GetProperty("contained").GetBoolean());
        (await nodes.AtXb.Post(path + "/containment", await story.Executing(), new { incident, reason = "Nothing was taken." })).Expect(HttpStatusCode.Accepted);
        await EmergencyStory.Until(story.HeldTransfer, "the key comes once it is lifted", view => view.GetProperty("state").GetString() == "under-retention");
        var timeline = EmergencyStory.Timeline(await story.SuppliedTransfer()).ToList();
        Assert.True(timeline.IndexOf("transfer.containment-lifted.v1") < timeline.IndexOf("transfer.key-released.v1"), string.Join(' ', timeline));
        Assert.Empty((await story.HeldTransfer()).GetProperty("fetched").EnumerateArray());
    }

    private async Task<EmergencyStory> Held(JsonArray? conditions = null)
    {
        var story = new EmergencyStory(nodes, nodes.Clock);
        await story.Send();
        await story.Obtain((conditions ?? Conditions).DeepClone().AsArray());
        await story.Accept();
        var judge = await nodes.AtXa.Token("judging", "xa-judge", "judge");
        (await nodes.AtXa.Post($"/api/requests/{story.Request}/validation", judge, new { decision = "granted" })).Expect(HttpStatusCode.Accepted);
        return story;
    }

    private static async Task<JsonElement> Record(NodeClient at, string body, string transfer)
    {
        var found = (await at.Send(HttpMethod.Get, "/api/oversight/transfers?limit=500", await at.Token("watching", body, "oversight"), null,
            ("Purpose-Code", "lawfulness-verification"), ("Justification", "Because"))).Expect(HttpStatusCode.OK).Body.GetProperty("records");
        return found.EnumerateArray().Single(record => record.GetProperty("transfer").GetString() == transfer);
    }

    private static List<string> Breaches(JsonElement view) => Names(view.GetProperty("use").GetProperty("breaches"));

    private static List<string> Kinds(JsonElement record) => Names(record.GetProperty("conduct").GetProperty("breaches"));

    private static List<string> Names(JsonElement breaches) => [.. breaches.EnumerateArray().Select(breach => breach.GetProperty("kind").GetString()!)];

    private static string? Disclosed(JsonElement view, string name) =>
        view.GetProperty("conditions").EnumerateArray().Single(value => value.GetProperty("name").GetString() == name).GetProperty("value").GetString();

    private string Today() => nodes.Clock.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

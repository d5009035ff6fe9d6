using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlatExchange.Scenarios;

/// <summary>Data are preserved, confirmed, kept longer, kept for production, or let go; both sides say the same.</summary>
[Collection(Scenario.Name)]
public class Preservations(TwoJurisdictions nodes)
{
    [Fact]
    public async Task What_is_confirmed_under_BC_29_is_not_extended_and_is_kept_once_production_follows()
    {
        var story = await Story.Of(nodes, CaseFile.Load("07"));
        Assert.Equal("decision-first", (await story.Confirm()).Expect(HttpStatusCode.Conflict).Rule);
        await story.Decide();
        (await story.Confirm()).Expect(HttpStatusCode.Accepted);
        var view = await story.AtXaOnce("preserved");
        var item = Assert.Single(view.GetProperty("preservation").GetProperty("items").EnumerateArray());
        var term = view.GetProperty("deadlines").EnumerateArray().Single(t => t.GetProperty("term").GetString() == "bc-preservation");
        Assert.Equal("BC 29(7)", term.GetProperty("rule").GetString());
        Assert.True(item.GetProperty("until").GetDateTimeOffset() <= term.GetProperty("due").GetDateTimeOffset(), "the requesting side counts from the receipt it got, never shorter");

        Assert.Equal("extension-not-foreseen", (await story.Ask("extension", new { })).Expect(HttpStatusCode.Conflict).Rule);
        Assert.Equal("preservation-runs", (await story.Ask("closure", new { })).Expect(HttpStatusCode.Conflict).Rule);
        Assert.Equal("production-first", (await story.Ask("production", new { production = story.Request })).Expect(HttpStatusCode.Conflict).Rule);

        var (production, _, signed) = await nodes.AtXa.DraftToSignature(CaseFile.Load("01"));
        signed.Expect(HttpStatusCode.Accepted);
        (await story.Ask("production", new { production, items = new[] { "i1" } })).Expect(HttpStatusCode.Accepted);
        var act = (await nodes.AtXa.View(CaseFile.Load("01"), production)).GetProperty("act").GetProperty("digest").GetString();
        await Eventually.True(async () => (await story.AtXb()).GetProperty("preservation") is var there && there.TryGetProperty("production", out var named) && named.GetString() == act, "that production follows arrives");
        Assert.Equal("met", Preserving(await story.AtXb(), "bc-preservation"));
        Assert.Equal("met", Preserving(await story.AtXa(), "bc-preservation"));
        (await story.Ask("closure", new { })).Expect(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task An_EEV_preservation_is_extended_once_and_a_withdrawal_lets_go_of_what_is_preserved()
    {
        var story = await Story.Of(nodes, Order());
        await story.Decide();
        (await story.Confirm()).Expect(HttpStatusCode.Accepted);
        await story.AtXaOnce("preserved");

        (await story.Ask("extension", new { items = new[] { "i1" } })).Expect(HttpStatusCode.Accepted);
        (await story.Ask("extension", new { items = new[] { "i1" } })).Expect(HttpStatusCode.Accepted);
        await story.AtXaOnce("extended");
        foreach (var view in new[] { await story.AtXa(), await story.AtXb() })
        {
            var term = view.GetProperty("deadlines").EnumerateArray().Single(t => t.GetProperty("term").GetString() == "eev-preservation");
            Assert.Contains("within 90 days (EEV 11(1), EEV 11(1))", term.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        }
        Assert.Single(EmergencyStory.Timeline(await story.AtXb()), name => name == "received.preservation-extended.v1");

        (await story.Ask("withdrawal", new { reason = "No longer needed." })).Expect(HttpStatusCode.Accepted);
        Assert.Equal("withdrawn", (await story.AtXaOnce("released")).GetProperty("state").GetString());
        Assert.Equal("withdrawn", (await story.AtXb()).GetProperty("state").GetString());
        Assert.Equal("was-withdrawn", (await story.Ask("extension", new { })).Expect(HttpStatusCode.Conflict).Rule);
    }

    /// <summary>Case 01 as an order to preserve (EEV 4(3)).</summary>
    internal static CaseFile Order()
    {
        var file = CaseFile.Load("01");
        file.Request["items"]![0]!["measure"] = "preserve";
        file.Request["legalBasis"]![0]!["article"] = "4(3)";
        return file;
    }

    internal static string Preserving(JsonElement view, string term) =>
        view.GetProperty("deadlines").EnumerateArray().Single(t => t.GetProperty("term").GetString() == term).GetProperty("standing").GetString()!;

    /// <summary>One preservation request, from its signature on.</summary>
    internal sealed record Story(Pair Nodes, CaseFile File, string Request, string Received)
    {
        public static async Task<Story> Of(Pair nodes, CaseFile file)
        {
            var (id, thread, signed) = await nodes.AtXa.DraftToSignature(file);
            signed.Expect(HttpStatusCode.Accepted);
            var received = (await nodes.AtXb.Arrived(file.Addressee, thread)).GetProperty("id").GetString()!;
            await nodes.AtXa.Receipted(file, id);
            return new(nodes, file, id, received);
        }

        public async Task Decide()
        {
            (await Nodes.AtXb.Post($"/api/received/{Received}/decision", await Executing(), new { reason = "The conditions of execution are met." })).Expect(HttpStatusCode.Accepted);
            await Eventually.True(async () => (await AtXa()).TryGetProperty("decisions", out var made) && made.GetArrayLength() > 0, "the decision returns");
        }

        public async Task<Answer> Confirm() => await Nodes.AtXb.Post($"/api/received/{Received}/preservation", await Executing(), new { });

        public async Task<Answer> Ask(string what, object body) => await Nodes.AtXa.Post($"/api/requests/{Request}/{what}", await Nodes.AtXa.Token("signing", File.Authority, "signer"), body);

        public Task<JsonElement> AtXa() => Nodes.AtXa.View(File, Request);

        public async Task<JsonElement> AtXb() => (await Nodes.AtXb.Get($"/api/received/{Received}", await Executing())).Expect(HttpStatusCode.OK).Body;

        /// <summary>The requesting side's view once it says that the item stands so.</summary>
        public async Task<JsonElement> AtXaOnce(string status)
        {
            JsonElement view = default;
            await Eventually.True(
                async () => (view = await AtXa()).TryGetProperty("preservation", out var there) && there.ValueKind == JsonValueKind.Object
                    && there.GetProperty("items").EnumerateArray().Any(item => item.GetProperty("status").GetString() == status),
                $"the item is {status}");
            return view;
        }

        private Task<string> Executing() => Nodes.AtXb.Token("executing", File.Addressee, "executing-prosecutor", "signer");
    }
}

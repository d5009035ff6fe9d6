using System.Net;
using System.Text.Json;

namespace MlatExchange.Scenarios;

/// <summary>
/// Time alone: an emergency order whose validation does not come, is refused, or is objected to ends by itself on both sides, and terms that run out are seen. The clock of both
/// nodes is put forward, never the machine's.
/// </summary>
[Collection(ScenarioWithClock.Name)]
public class Watchdog(PairWithClock nodes)
{
    private static readonly JsonSerializerOptions Loose = new(JsonSerializerDefaults.Web);

    [Fact]
    public async Task Without_validation_in_48_hours_the_order_is_withdrawn_and_what_was_received_is_destroyed_and_certified_also_over_a_restart()
    {
        var story = new EmergencyStory(nodes, nodes.Clock);
        await story.Send();
        await story.Obtain();
        await story.Accept();
        Assert.Contains("running", (await story.AtHolder()).GetProperty("deadlines").ToString(), StringComparison.Ordinal);

        // The node that must act is away when the time comes.
        await nodes.Xa.Stop();
        nodes.Clock.Forward(TimeSpan.FromHours(49));
        await nodes.Xa.Start();

        await EmergencyStory.Until(story.AtHolder, "the request is withdrawn", view => view.GetProperty("state").GetString() == "withdrawn");
        var timeline = EmergencyStory.Timeline(await story.AtHolder());
        Assert.True(Index(timeline, "request.term-ended.v1") is >= 0 and var ended && ended < Index(timeline, "request.withdrawn.v1"), string.Join(' ', timeline));
        Assert.Single(timeline, name => name == "request.withdrawn.v1");

        await EmergencyStory.Until(story.HeldTransfer, "the holder's certificate has its receipt", view => view.GetProperty("state").GetString() == "certified");
        var held = await story.HeldTransfer();
        Assert.Equal(("validation-refused", "node", "EEV 4(5)"), (
            held.GetProperty("order").GetProperty("ground").GetString(), held.GetProperty("order").GetProperty("by").GetProperty("role").GetString(), held.GetProperty("order").GetProperty("legalReference").GetString()));
        var key = await nodes.AtXa.Get($"/api/transfers/{story.Transfer}/items/log/key", await story.Holding());
        Assert.Equal(HttpStatusCode.Gone, key.Status);

        Assert.Equal("withdrawn", (await story.AtSupplier()).GetProperty("state").GetString());
        await story.Account();
        var supplied = EmergencyStory.Timeline(await story.SuppliedTransfer());
        Assert.Single(supplied, name => name == "transfer.stopped.v1");
        Assert.True(Index(supplied, "transfer.stopped.v1") < Index(supplied, "transfer.certificate-received.v1"));
    }

    [Fact]
    public async Task A_refused_validation_does_the_same_at_once()
    {
        var story = new EmergencyStory(nodes, nodes.Clock);
        await story.Send();
        await story.Obtain();
        await story.Accept();
        var judge = await nodes.AtXa.Token("judging", "xa-judge", "judge");
        (await nodes.AtXa.Post($"/api/requests/{story.Request}/validation", judge, new { decision = "refused", reason = "The danger is over." })).Expect(HttpStatusCode.Accepted);
        await EmergencyStory.Until(story.AtHolder, "the request is withdrawn", view => view.GetProperty("state").GetString() == "withdrawn");
        await EmergencyStory.Until(story.HeldTransfer, "the holder's certificate has its receipt", view => view.GetProperty("state").GetString() == "certified");
        await story.Account();
    }

    [Fact]
    public async Task An_objection_within_96_hours_destroys_what_was_received_and_one_after_is_refused()
    {
        var story = new EmergencyStory(nodes, nodes.Clock);
        await story.Send();
        await story.Obtain();
        await story.Accept();
        var judge = await nodes.AtXa.Token("judging", "xa-judge", "judge");
        (await nodes.AtXa.Post($"/api/requests/{story.Request}/validation", judge, new { decision = "granted" })).Expect(HttpStatusCode.Accepted);
        var objection = new { ground = "immunity-or-privilege", citation = "EEV 12(1)(a)", reason = "The account belongs to a member of parliament." };
        (await nodes.AtXb.Post($"/api/received/{story.Received}/objection", await story.Executing(), objection)).Expect(HttpStatusCode.Accepted);
        await EmergencyStory.Until(story.HeldTransfer, "the holder's certificate has its receipt", view => view.GetProperty("state").GetString() == "certified");
        Assert.Equal("objection", (await story.HeldTransfer()).GetProperty("order").GetProperty("ground").GetString());
        Assert.Contains("request.objected.v1", EmergencyStory.Timeline(await story.AtHolder()));

        var later = new EmergencyStory(nodes, nodes.Clock);
        await later.Send();
        nodes.Clock.Forward(TimeSpan.FromHours(97));
        Assert.Equal("objection-too-late", (await nodes.AtXb.Post($"/api/received/{later.Received}/objection", await later.Executing(), objection)).Expect(HttpStatusCode.Conflict).Rule);
    }

    [Fact]
    public async Task A_term_that_runs_out_is_seen_by_both_sides_with_the_sentence_that_explains_it()
    {
        var (file, at) = (CaseFile.Load("05"), nodes.AtXa);
        var (id, thread, _) = await at.DraftToSignature(file);
        var received = (await nodes.AtXb.Arrived(file.Addressee, thread)).GetProperty("id").GetString()!;
        await at.Receipted(file, id);
        nodes.Clock.Forward(TimeSpan.FromHours(9));
        await Eventually.True(async () => EmergencyStory.Timeline(await at.View(file, id)).Contains("request.term-ended.v1"), "the requesting side records the term");
        var executing = "";
        async Task<JsonElement> AtXb() => (await nodes.AtXb.Get($"/api/received/{received}", executing)).Expect(HttpStatusCode.OK).Body;
        executing = await nodes.AtXb.Token("executing", file.Addressee, "executing-prosecutor", "signer");
        await Eventually.True(async () => EmergencyStory.Timeline(await AtXb()).Contains("received.term-ended.v1"), "the requested side records it too");
        var production = (await AtXb()).GetProperty("deadlines").EnumerateArray().Single(term => term.GetProperty("term").GetString() == "eev-production-emergency").Deserialize<Term>(Loose)!;
        Assert.Equal(("EEV 10(4)", 8, "late"), (production.Rule, production.Hours, production.Standing));
        Assert.StartsWith("The addressee produces the data in an emergency within 8 hours (EEV 10(4)), counted from the delivery of the request on ", production.Sentence, StringComparison.Ordinal);
        Assert.EndsWith("the issuing authority may ask the enforcing authority to enforce it (EEV 16).", production.Sentence, StringComparison.Ordinal);

        var signer = await at.Token("signing", file.Authority, "signer");
        (await at.Post($"/api/requests/{id}/enforcement", signer, new { reason = "The provider has not answered." })).Expect(HttpStatusCode.Accepted);
        await Eventually.True(async () => EmergencyStory.Timeline(await AtXb()).Contains("received.enforcement-asked.v1"), "the request for enforcement arrives");
        Assert.Equal("The provider has not answered.", (await AtXb()).GetProperty("enforcementAsked").GetProperty("reason").GetString());
        Assert.Contains("eev-enforcement-recognition", (await AtXb()).GetProperty("deadlines").ToString(), StringComparison.Ordinal);
        (await nodes.AtXb.Post($"/api/received/{received}/decision", executing, new { reason = "Recognised for enforcement." })).Expect(HttpStatusCode.Accepted);
        await Eventually.True(async () => (await at.View(file, id)).GetProperty("enforcementAsked").TryGetProperty("answeredAt", out _), "the recognition returns");
    }

    [Fact]
    public async Task What_falls_due_next_is_listed_soonest_first()
    {
        var file = CaseFile.Load("07");
        var (id, thread, _) = await nodes.AtXa.DraftToSignature(file);
        await nodes.AtXb.Arrived(file.Addressee, thread);
        await nodes.AtXa.Receipted(file, id);
        JsonElement[] items = [];
        var token = await nodes.AtXa.Token("signing", file.Authority, "signer");
        await Eventually.True(async () =>
        {
            items = [.. (await nodes.AtXa.Get("/api/deadlines?limit=100", token)).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];
            return items.Any(item => item.GetProperty("id").GetString() == id && item.ToString().Contains("BC 29(7)", StringComparison.Ordinal) && item.GetProperty("terms").ToString().Contains("running", StringComparison.Ordinal));
        }, "the preservation is listed");
        var dues = items.Select(item => item.GetProperty("due").GetDateTimeOffset()).ToList();
        Assert.Equal(dues.Order(), dues);
        Assert.Equal(HttpStatusCode.BadRequest, (await nodes.AtXa.Get("/api/deadlines?limit=0", token)).Status);
    }

    private sealed record Term(string Rule, int? Hours, string Standing, string Sentence);

    private static int Index(IReadOnlyList<string> timeline, string name) => timeline.ToList().IndexOf(name);
}

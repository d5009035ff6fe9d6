using System.Net;
using System.Text.Json;

namespace MlatExchange.Scenarios;

/// <summary>A question goes over, the clock stands still on both sides, the answer returns and it runs on.</summary>
[Collection(Scenario.Name)]
public class Clarifications(TwoJurisdictions nodes)
{
    [Fact]
    public async Task A_question_stops_the_clock_on_both_sides_until_its_answer_has_come()
    {
        var (file, at) = (CaseFile.Load("01"), nodes.AtXa);
        var (id, thread, _) = await at.DraftToSignature(file);
        var received = (await nodes.AtXb.Arrived(file.Addressee, thread)).GetProperty("id").GetString()!;
        await at.Receipted(file, id);
        var executing = await nodes.AtXb.Token("executing", file.Addressee, "executing-prosecutor", "signer");
        async Task<JsonElement> AtXb() => (await nodes.AtXb.Get($"/api/received/{received}", executing)).Expect(HttpStatusCode.OK).Body;
        Assert.Equal("running", Production(await at.View(file, id)));

        (await nodes.AtXb.Post($"/api/received/{received}/clarifications", executing, new { question = "Which of the two accounts is meant?", items = new[] { "i1" } })).Expect(HttpStatusCode.Accepted);
        Assert.Equal("clarification-open", (await nodes.AtXb.Post($"/api/received/{received}/clarifications", executing, new { question = "And when?" })).Expect(HttpStatusCode.Conflict).Rule);
        JsonElement view = default;
        await Eventually.True(async () => (view = await at.View(file, id)).GetProperty("clarifications").GetArrayLength() == 1, "the question arrives");
        Assert.Equal("Which of the two accounts is meant?", view.GetProperty("clarifications")[0].GetProperty("question").GetString());
        Assert.Equal(("stopped", "stopped"), (Production(view), Production(await AtXb())));

        (await at.Post($"/api/requests/{id}/clarifications", await at.Token("signing", file.Authority, "signer"), new { answer = "The one ending in 4711." })).Expect(HttpStatusCode.Accepted);
        await Eventually.True(async () => Production(view = await AtXb()) == "running", "the answer arrives and the clock runs on");
        Assert.Equal("The one ending in 4711.", view.GetProperty("clarifications")[0].GetProperty("answer").GetString());
        Assert.Equal("running", Production(await at.View(file, id)));
    }

    private static string Production(JsonElement view) =>
        view.GetProperty("deadlines").EnumerateArray().Single(term => term.GetProperty("term").GetString() == "eev-production").GetProperty("standing").GetString()!;
}

using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlatExchange.Scenarios;

/// <summary>The cases between XA and XC, posted verbatim: an investigation order too wide, a victim's findings under a treaty, a political offence.</summary>
[Collection(ScenarioWithXc.Name)]
public class CaseFilesWithXc(XaAndXc nodes)
{
    [Theory, InlineData("06"), InlineData("08"), InlineData("09")]
    public async Task Both_sides_come_to_what_the_case_expects(string number)
    {
        var (at, file) = (nodes.AtXa, CaseFile.Load(number));
        var (id, assessment) = await at.Assess(file);
        Comes(file, "requesting", assessment);

        foreach (var flag in Flags(file))
            (await at.Post($"/api/requests/{id}/overrides", await at.Token("assessing", file.Authority, "assessor"), new { rule = flag, reason = "Weighed and kept." })).Expect(HttpStatusCode.OK);
        (await at.Approve(file, id)).Expect(HttpStatusCode.OK);
        Assert.Equal("sent", (await at.Sign(file, id)).Expect(HttpStatusCode.Accepted).State);

        var received = await nodes.AtXb.Arrived(file.Addressee, (await at.View(file, id)).GetProperty("thread").GetString()!);
        Comes(file, "requested", received.GetProperty("assessment").GetProperty("ours"));
        Assert.Empty(received.GetProperty("assessment").GetProperty("comparison").GetProperty("differences").EnumerateArray());
        await at.Receipted(file, id);
        file.Runs(await at.View(file, id), requesting: true);
        file.Runs(received, requesting: false);
    }

    [Fact]
    public async Task What_the_sender_overrode_the_other_side_must_override_itself()
    {
        var file = CaseFile.Load("06");
        var received = await Sent(file);
        var executing = await nodes.AtXb.Token("executing", file.Addressee, "executing-prosecutor", "signer");
        var path = $"/api/received/{received.GetProperty("id").GetString()}";
        var refused = await nodes.AtXb.Post($"{path}/decision", executing, new { reason = "Recognised." });
        Assert.Equal("flags-open", refused.Expect(HttpStatusCode.Conflict).Rule);
        foreach (var flag in Flags(file))
            (await nodes.AtXb.Post($"{path}/overrides", executing, new { rule = flag, reason = "Weighed here too." })).Expect(HttpStatusCode.OK);
        (await nodes.AtXb.Post($"{path}/decision", executing, new { reason = "Recognised." })).Expect(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_refusal_reaches_the_sender_with_ground_and_citation_and_nothing_else_of_the_file()
    {
        var file = CaseFile.Load("09");
        var received = await Sent(file);
        var executing = await nodes.AtXb.Token("executing", file.Addressee, "executing-prosecutor", "signer");
        const string Secret = "what XC's own file says";
        (await nodes.AtXb.Post($"/api/received/{received.GetProperty("id").GetString()}/decision", executing, new
        {
            items = new[] { new { @ref = "i1", outcome = "refused", ground = "political-offence", citation = "Treaty XA-XC 4" } },
            reason = Secret,
        })).Expect(HttpStatusCode.Accepted);
        var thread = received.GetProperty("thread").GetString()!;
        JsonElement view = default;
        await Eventually.True(async () => (view = await Of(file, thread)).GetProperty("decisions").GetArrayLength() > 0, "the decision returns");
        var decision = view.GetProperty("decisions")[0].ToString();
        Assert.Contains("political-offence", decision, StringComparison.Ordinal);
        Assert.Contains("Treaty XA-XC 4", decision, StringComparison.Ordinal);
        Assert.Contains("refused", decision, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, view.ToString(), StringComparison.Ordinal);
    }

    private readonly Dictionary<string, string> ids = [];

    private async Task<JsonElement> Sent(CaseFile file)
    {
        var at = nodes.AtXa;
        var (id, _) = await at.Assess(file);
        foreach (var flag in Flags(file))
            (await at.Post($"/api/requests/{id}/overrides", await at.Token("assessing", file.Authority, "assessor"), new { rule = flag, reason = "Weighed and kept." })).Expect(HttpStatusCode.OK);
        (await at.Approve(file, id)).Expect(HttpStatusCode.OK);
        (await at.Sign(file, id)).Expect(HttpStatusCode.Accepted);
        var thread = (await at.View(file, id)).GetProperty("thread").GetString()!;
        ids[thread] = id;
        return await nodes.AtXb.Arrived(file.Addressee, thread);
    }

    private Task<JsonElement> Of(CaseFile file, string thread) => nodes.AtXa.View(file, ids[thread]);

    private static IEnumerable<string> Flags(CaseFile file) => (file.Expect["flags"]?.AsArray() ?? []).Select(flag => flag!.GetValue<string>());

    private static void Comes(CaseFile file, string side, JsonElement assessment)
    {
        Assert.Equal(file.Expect[side]!.GetValue<string>(), assessment.GetProperty("outcome").GetString());
        Assert.Equal(
            Flags(file).Order(),
            assessment.GetProperty("findings").EnumerateArray().Where(f => f.GetProperty("outcome").GetString() == "flag").Select(f => f.GetProperty("rule").GetString()!).Order());
        if (file.Expect["dualCriminality"] is { } dual) Assert.Equal(dual.GetValue<string>(), assessment.GetProperty("dualCriminality").GetString());
        if (file.Expect["deadline"] is { } deadline) Assert.True(Within(deadline, JsonNode.Parse(assessment.GetProperty("deadline").GetRawText())), assessment.ToString());
    }

    private static bool Within(JsonNode expected, JsonNode? actual) => expected is JsonObject members
        ? members.All(member => Within(member.Value!, actual?[member.Key]))
        : JsonNode.DeepEquals(expected, actual);
}

using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlatExchange.Scenarios;

/// <summary>Every case file, posted verbatim, comes to what it says it must, at both nodes.</summary>
[Collection(Scenario.Name)]
public class CaseFiles(TwoJurisdictions nodes)
{
    [Theory, InlineData("01"), InlineData("02"), InlineData("03"), InlineData("04"), InlineData("05"), InlineData("07")]
    public async Task The_assessment_of_a_case_is_what_the_case_expects(string number)
    {
        var (at, file) = (nodes.AtXa, CaseFile.Load(number));
        var (_, assessment) = await at.Assess(file);
        Assert.Equal(file.Expect["requesting"]!.GetValue<string>(), assessment.GetProperty("outcome").GetString());
        Assert.Equal(
            (file.Expect["flags"]?.AsArray() ?? []).Select(flag => flag!.GetValue<string>()).Order(),
            Findings(assessment, "flag").Select(finding => finding.GetProperty("rule").GetString()!).Order());
        if (file.Expect["rule"] is { } rule)
        {
            var block = Assert.Single(Findings(assessment, "block"));
            Assert.Equal(rule.GetValue<string>(), block.GetProperty("source").GetString());
            foreach (var word in file.Expect["sentenceMentions"]!.AsArray())
                Assert.Contains(word!.GetValue<string>(), block.GetProperty("sentence").GetString()!, StringComparison.Ordinal);
        }
        Terms(file, assessment);
    }

    [Theory, InlineData("01"), InlineData("03"), InlineData("05"), InlineData("07")]
    public async Task A_case_that_passes_leaves_at_once_and_the_other_side_comes_to_what_the_case_expects(string number)
    {
        var file = CaseFile.Load(number);
        var (id, thread, signed) = await nodes.AtXa.DraftToSignature(file);
        Assert.Equal("sent", signed.Expect(HttpStatusCode.Accepted).State);
        var received = await nodes.AtXb.Arrived(file.Addressee, thread);
        var ours = received.GetProperty("assessment").GetProperty("ours");
        Assert.Equal(file.Expect["requested"]!.GetValue<string>(), ours.GetProperty("outcome").GetString());
        Assert.Empty(received.GetProperty("assessment").GetProperty("comparison").GetProperty("differences").EnumerateArray());
        Terms(file, ours);
        var item = file.Request["items"]![0]!;
        Assert.Equal(item["measure"]?.GetValue<string>() ?? "produce", received.GetProperty("facts").GetProperty("items")[0].GetProperty("measure").GetString() ?? "produce");
        Assert.Contains(item["identifier"]!.GetValue<string>(), received.GetProperty("disclosed").ToString(), StringComparison.Ordinal);
        await nodes.AtXa.Receipted(file, id);
        file.Runs(await nodes.AtXa.View(file, id), requesting: true);
        file.Runs(received, requesting: false);
    }

    [Fact]
    public async Task What_is_blocked_and_cannot_be_cured_is_never_signed()
    {
        var (at, file) = (nodes.AtXa, CaseFile.Load("04"));
        var (id, _) = await at.Assess(file);
        await at.Approve(file, id);
        var refused = (await at.Sign(file, id)).Expect(HttpStatusCode.Conflict);
        Assert.Equal("application/problem+json", refused.ContentType);
        var view = await at.View(file, id);
        await Overtake();
        Assert.Empty(await nodes.AtXb.Received(file.Addressee, view.GetProperty("thread").GetString()!));
    }

    [Fact]
    public async Task An_order_that_a_judge_must_validate_leaves_only_when_the_judge_has_done_so()
    {
        var (at, file) = (nodes.AtXa, CaseFile.Load("02"));
        var (id, thread, signed) = await at.DraftToSignature(file);
        Assert.Equal("awaiting-validation", signed.Expect(HttpStatusCode.Accepted).State);
        await Overtake();
        Assert.Empty(await nodes.AtXb.Received(file.Addressee, thread));

        var validated = await at.Post($"/api/requests/{id}/validation", await at.Token("validating", "xa-judge", "judge"), new { decision = "granted" });
        Assert.Equal("sent", validated.Expect(HttpStatusCode.Accepted).State);
        var received = await nodes.AtXb.Arrived(file.Addressee, thread);
        await Eventually.True(
            async () => (received = (await nodes.AtXb.Received(file.Addressee, thread))[0]).GetProperty("state").GetString() != "held",
            "the validation, which is the message after the request, frees it");
        Assert.Equal("pass", received.GetProperty("assessment").GetProperty("ours").GetProperty("outcome").GetString());
        var executing = await nodes.AtXb.Token("executing", file.Addressee, "executing-prosecutor", "signer");
        var decided = await nodes.AtXb.Post($"/api/received/{received.GetProperty("id").GetString()}/decision", executing, new { reason = "The conditions of execution are met." });
        decided.Expect(HttpStatusCode.Accepted);
        await Eventually.True(async () => (await at.View(file, id)).GetProperty("decisions").GetArrayLength() > 0, "the decision returns");
    }

    /// <summary>Another request goes after on the same way and arrives: whatever was sent before it would be there.</summary>
    private async Task Overtake()
    {
        var later = CaseFile.Load("01");
        var (_, thread, _) = await nodes.AtXa.DraftToSignature(later);
        await nodes.AtXb.Arrived(later.Addressee, thread);
    }

    private static List<JsonElement> Findings(JsonElement assessment, string outcome) =>
        [.. assessment.GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("outcome").GetString() == outcome)];

    /// <summary>Everything besides the findings: each member that the case states is so in the answer.</summary>
    private static void Terms(CaseFile file, JsonElement assessment)
    {
        var answer = JsonNode.Parse(assessment.GetRawText())!;
        foreach (var name in (string[])["deadline", "notifyEnforcingAuthority", "branch", "dualCriminality", "watch", "expires"])
            if (file.Expect[name] is { } expected)
                Same(expected, answer[name], name);
    }

    private static void Same(JsonNode expected, JsonNode? actual, string at)
    {
        if (expected is JsonObject members)
            foreach (var (name, value) in members)
                Same(value!, actual?[name], $"{at}/{name}");
        else
            Assert.True(JsonNode.DeepEquals(expected, actual), $"{at}: expected {expected}, answered {actual}");
    }
}

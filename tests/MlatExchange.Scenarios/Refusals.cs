using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace MlatExchange.Scenarios;

/// <summary>What a node answers to repeated, stale, forbidden and broken calls.</summary>
[Collection(Scenario.Name)]
public class Refusals(TwoJurisdictions nodes)
{
    [Fact]
    public async Task A_repeated_call_gets_the_first_answer_and_another_body_under_its_key_is_refused()
    {
        var (at, file) = (nodes.AtXa, CaseFile.Load("01"));
        var drafter = await at.Token("drafting", file.Authority, "drafter");
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var first = (await at.Post("/api/requests", drafter, file.Body, key)).Expect(HttpStatusCode.Created);
        var again = (await at.Post("/api/requests", drafter, file.Body, key)).Expect(HttpStatusCode.Created);
        Assert.Equal((first.Id, first.Tag, first.Location), (again.Id, again.Tag, again.Location));
        file.Request["language"] = "de";
        Assert.Equal("idempotency-key-reused", (await at.Post("/api/requests", drafter, file.Body, key)).Expect(HttpStatusCode.UnprocessableEntity).Rule);
    }

    [Fact]
    public async Task A_change_to_a_version_that_is_no_longer_the_newest_is_refused()
    {
        var (at, file) = (nodes.AtXa, CaseFile.Load("01"));
        var drafted = (await at.Post("/api/requests", await at.Token("drafting", file.Authority, "drafter"), file.Body)).Expect(HttpStatusCode.Created);
        var assessor = await at.Token("assessing", file.Authority, "assessor");
        (await at.Post($"/api/requests/{drafted.Id}/assessment", assessor, null, ("If-Match", "\"99\""))).Expect(HttpStatusCode.PreconditionFailed);
        (await at.Post($"/api/requests/{drafted.Id}/assessment", assessor, null, ("If-Match", drafted.Tag!))).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Only_the_role_and_the_authority_of_the_case_may_act_on_it()
    {
        var (at, file) = (nodes.AtXa, CaseFile.Load("01"));
        var (id, _) = await at.Assess(file);
        (await at.Send(HttpMethod.Post, $"/api/requests/{id}/approval", null, "{}"u8.ToArray())).Expect(HttpStatusCode.Unauthorized);
        (await at.Post($"/api/requests/{id}/approval", await at.Token("approving", file.Authority, "drafter"))).Expect(HttpStatusCode.Forbidden);
        Assert.Equal("other-authority", (await at.Post($"/api/requests/{id}/approval", await at.Token("approving", "xa-judge", "approver"))).Expect(HttpStatusCode.Forbidden).Rule);
        Assert.Equal("other-authority", (await at.Get($"/api/requests/{id}", await at.Token("reading", "xa-judge", "drafter"))).Expect(HttpStatusCode.Forbidden).Rule);
        (await at.Get($"/api/requests/{Guid.NewGuid()}", await at.Token("reading", file.Authority, "drafter"))).Expect(HttpStatusCode.NotFound);
        (await at.Approve(file, id)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_drafted_or_assessed_may_not_approve()
    {
        var (at, file) = (nodes.AtXa, CaseFile.Load("01"));
        var (id, _) = await at.Assess(file);
        foreach (var same in (string[])["drafting", "assessing"])
            Assert.Equal("four-eyes", (await at.Post($"/api/requests/{id}/approval", await at.Token(same, file.Authority, "approver"))).Expect(HttpStatusCode.Conflict).Rule);
    }

    [Fact]
    public async Task A_block_cannot_be_overridden()
    {
        var (at, file) = (nodes.AtXa, CaseFile.Load("04"));
        var (id, assessment) = await at.Assess(file);
        var rule = assessment.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("outcome").GetString() == "block").GetProperty("rule").GetString();
        (await at.Post($"/api/requests/{id}/overrides", await at.Token("assessing", file.Authority, "assessor"), new { rule, reason = "It is urgent." })).Expect(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Each_member_at_fault_is_named_by_its_pointer_and_its_value_is_not_repeated()
    {
        var (at, file) = (nodes.AtXa, CaseFile.Load("01"));
        file.Request["items"]![0]!["dataCategory"] = "zz-marker-value";
        file.Request["items"]![0]!["person"] = "p9";
        file.Request["addressee"]!["jurisdiction"] = "XA";
        file.Request.Remove("retention");
        var refused = (await at.Post("/api/requests", await at.Token("drafting", file.Authority, "drafter"), file.Body)).Expect(HttpStatusCode.UnprocessableEntity);
        var pointers = refused.Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()!).ToList();
        Assert.Contains("/items/0/dataCategory", pointers);
        Assert.Contains(pointers, pointer => pointer.StartsWith("/items/0/person", StringComparison.Ordinal));
        Assert.Contains(pointers, pointer => pointer.StartsWith("/addressee", StringComparison.Ordinal));
        Assert.Contains("/retention", pointers);
        Assert.DoesNotContain("zz-marker-value", refused.Body.ToString(), StringComparison.Ordinal);
    }
}

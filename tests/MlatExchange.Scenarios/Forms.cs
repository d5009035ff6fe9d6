using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace MlatExchange.Scenarios;

/// <summary>The form of an instrument on both sides: from the draft to the signed request, as page, PDF and JSON, and never blank where it must not be.</summary>
[Collection(Scenario.Name)]
public class Forms(TwoJurisdictions nodes)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromMinutes(2) };

    [Fact]
    public async Task A_form_follows_its_request_from_draft_to_signature_and_across_the_border()
    {
        var file = CaseFile.Example();
        var (id, _) = await nodes.AtXa.Assess(file);
        var token = await nodes.AtXa.Token("drafting", file.Authority, "drafter");
        var draft = await Read(nodes.Xa, $"/api/requests/{id}/form", token, "text/html");
        Assert.Contains("not signed and has no effect", draft.Text, StringComparison.Ordinal);
        Assert.Contains("example-cloud-77", draft.Text, StringComparison.Ordinal);
        Assert.Equal("no-store", draft.Headers.CacheControl!.ToString());
        Assert.StartsWith("default-src 'none'; style-src 'self'", draft.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("@page", (await Read(nodes.Xa, "/forms/form.css", null, "text/css")).Text, StringComparison.Ordinal);

        (await nodes.AtXa.Approve(file, id)).Expect(HttpStatusCode.OK);
        (await nodes.AtXa.Sign(file, id)).Expect(HttpStatusCode.Accepted);
        var signed = await Read(nodes.Xa, $"/api/requests/{id}/form", token, "text/html", "fr");
        Assert.Contains("<html lang=\"fr\">", signed.Text, StringComparison.Ordinal);
        Assert.Contains("De la demande signée", signed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("watermark", signed.Text, StringComparison.Ordinal);

        var received = await nodes.AtXb.Arrived(file.Addressee, (await nodes.AtXa.View(file, id)).GetProperty("thread").GetString()!);
        var executing = await nodes.AtXb.Token("executing", file.Addressee, "executing-prosecutor");
        var path = $"/api/received/{received.GetProperty("id").GetString()}/form";
        var json = JsonNode.Parse((await Read(nodes.Xb, path, executing, "application/json")).Text)!;
        Assert.Equal("epoc@2", (string?)json["form"]);
        Assert.Equal("XA-2026-000119", (string?)Field(json, "A", "file-number")["lines"]![0]);
        Assert.Equal("act/reference", (string?)Field(json, "A", "file-number")["pointer"]);
        Assert.Equal("example-cloud-77", (string?)Field(json, "E", "identifier")["lines"]![0]);
        Assert.Empty(json["blank"]!.AsArray());
        Assert.Contains((await nodes.AtXb.Received(file.Addressee, (await nodes.AtXa.View(file, id)).GetProperty("thread").GetString()!))[0].GetProperty("timeline").EnumerateArray(),
            entry => entry.GetProperty("name").GetString() == "received.retrieved.v1");
    }

    [Fact]
    public async Task Who_may_not_see_the_case_may_not_see_its_form()
    {
        var file = CaseFile.Example();
        var (id, _) = await nodes.AtXa.Assess(file);
        var path = $"/api/requests/{id}/form";
        Assert.Equal(HttpStatusCode.Unauthorized, (await Read(nodes.Xa, path, null, "text/html")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Read(nodes.Xa, path, await nodes.AtXa.Token("auditor", "xa-oversight", "oversight"), "text/html")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Read(nodes.Xa, path, await nodes.AtXa.Token("other", "xa-prosecutor", "drafter"), "text/html")).Status);
        var token = await nodes.AtXa.Token("drafting", file.Authority, "drafter");
        Assert.Equal(HttpStatusCode.NotAcceptable, (await Read(nodes.Xa, path, token, "image/png")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Read(nodes.Xa, path + "?form=eio-annex-b", token, "text/html")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Read(nodes.Xa, $"/api/requests/{Guid.NewGuid()}/form", token, "text/html")).Status);
    }

    [Fact]
    public async Task A_form_is_printed_where_Chromium_is_there()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/chromium"), "there is no /usr/bin/chromium on this machine");
        var file = CaseFile.Example();
        var (id, _) = await nodes.AtXa.Assess(file);
        var printed = await Read(nodes.Xa, $"/api/requests/{id}/form", await nodes.AtXa.Token("drafting", file.Authority, "drafter"), "application/pdf");
        Assert.Equal(HttpStatusCode.OK, printed.Status);
        Assert.Equal("no-store", printed.Headers.CacheControl!.ToString());
        var bytes = Encoding.Latin1.GetString(printed.Bytes);
        Assert.StartsWith("%PDF-", bytes, StringComparison.Ordinal);
        Assert.Contains("/StructTreeRoot", bytes, StringComparison.Ordinal); // tagged: a screen reader finds headings and lists
    }

    [Fact]
    public async Task A_mandatory_field_that_is_blank_stops_the_approval_and_is_named()
    {
        var file = CaseFile.Example();
        file.Request["instrument"] = "EIO";
        file.Request["legalBasis"] = new JsonArray(new JsonObject { ["instrument"] = "EIO", ["article"] = "10(1)" });
        file.Request["urgency"] = new JsonObject { ["kind"] = "urgent" };
        var (id, assessment) = await nodes.AtXa.Assess(file);
        foreach (var flag in assessment.GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("outcome").GetString() == "flag"))
            (await nodes.AtXa.Post($"/api/requests/{id}/overrides", await nodes.AtXa.Token("assessing", file.Authority, "assessor"), new { rule = flag.GetProperty("rule").GetString(), reason = "Known and weighed." })).Expect(HttpStatusCode.OK);
        var refused = (await nodes.AtXa.Approve(file, id)).Expect(HttpStatusCode.Conflict);
        Assert.Equal("form-fields-blank", refused.Rule);
        Assert.Equal("/disclosed/texts/urgencyGrounds", refused.Body.GetProperty("errors")[0].GetProperty("pointer").GetString());

        file.Request["urgency"]!["grounds"] = "The trial begins in a week.";
        (await nodes.AtXa.Send(HttpMethod.Put, $"/api/requests/{id}", await nodes.AtXa.Token("drafting", file.Authority, "drafter"), file.Body)).Expect(HttpStatusCode.OK);
        var again = (await nodes.AtXa.Post($"/api/requests/{id}/assessment", await nodes.AtXa.Token("assessing", file.Authority, "assessor"))).Expect(HttpStatusCode.OK);
        foreach (var flag in again.Body.GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("outcome").GetString() == "flag"))
            (await nodes.AtXa.Post($"/api/requests/{id}/overrides", await nodes.AtXa.Token("assessing", file.Authority, "assessor"), new { rule = flag.GetProperty("rule").GetString(), reason = "Known and weighed." })).Expect(HttpStatusCode.OK);
        (await nodes.AtXa.Approve(file, id)).Expect(HttpStatusCode.OK);
    }

    private static JsonNode Field(JsonNode form, string section, string field) => form["sections"]!.AsArray().Single(s => (string?)s!["id"] == section)!["groups"]![0]!["fields"]!.AsArray().Single(f => (string?)f!["id"] == field)!;

    private sealed record Shown(HttpStatusCode Status, HttpResponseHeaders Headers, byte[] Bytes)
    {
        public string Text => Encoding.UTF8.GetString(Bytes);
    }

    private static async Task<Shown> Read(Jurisdiction at, string path, string? token, string accept, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, at.Url + path) { Headers = { { "Accept", accept } } };
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        if (language is not null) request.Headers.AcceptLanguage.ParseAdd(language);
        using var response = await Http.SendAsync(request);
        return new(response.StatusCode, response.Headers, await response.Content.ReadAsByteArrayAsync());
    }
}

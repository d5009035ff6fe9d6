using System.Text;
using MlatExchange.Scenarios;

namespace MlatExchange.Pages.Tests;

/// <summary>A request from the case file to the decision on it, by officials in front of browsers on both sides.</summary>
[Collection(Pages.Name)]
public sealed class JourneySpecs(Nodes nodes)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_is_imported_assessed_approved_signed_and_decided(bool scripts)
    {
        var (look, file) = (new Look(Scripts: scripts), CaseFile.Example());
        await using var drafter = await Reader.At(nodes.Xa.Url, look);
        await drafter.As("anna", file.Authority, "drafter", "assessor");
        await drafter.Open("/requests/import");
        await drafter.Page.SetInputFilesAsync("#file", new Microsoft.Playwright.FilePayload { Name = "case.json", MimeType = "application/json", Buffer = file.Body });
        await drafter.Press("Check and save as a draft");
        Assert.Contains("done=imported", drafter.Page.Url, StringComparison.Ordinal);
        Assert.Contains(file.Request["issuer"]!["reference"]!.GetValue<string>(), await drafter.Text(), StringComparison.Ordinal);
        await drafter.Press("Assess and record");
        Assert.Contains("done=assessed", drafter.Page.Url, StringComparison.Ordinal);
        var request = new Uri(drafter.Page.Url).AbsolutePath;

        // Four eyes: the same person as approver is told no, and nothing has happened.
        await using var same = await Reader.At(nodes.Xa.Url, look);
        await (await same.As("anna", file.Authority, "approver")).Open(request);
        await same.Press("Approve what stands below");
        Assert.Contains("There is a problem", await same.Text(), StringComparison.Ordinal);

        await using var approver = await Reader.At(nodes.Xa.Url, look);
        await (await approver.As("bruno", file.Authority, "approver")).Open(request);
        await approver.Press("Approve what stands below");
        Assert.Contains("done=approved", approver.Page.Url, StringComparison.Ordinal);
        await using var signer = await Reader.At(nodes.Xa.Url, look);
        await (await signer.As("clara", file.Authority, "signer")).Open(request);
        await signer.Press("Sign and send");
        Assert.Contains("done=signed", signer.Page.Url, StringComparison.Ordinal);

        var id = request.Split('/')[^1];
        var thread = (await nodes.AtXa.View(file, id)).GetProperty("thread").GetString()!;
        var received = (await nodes.AtXb.Arrived(file.Addressee, thread)).GetProperty("id").GetString()!;
        await using var executing = await Reader.At(nodes.Xb.Url, look);
        await (await executing.As("dora", file.Addressee, "executing-prosecutor", "signer")).Open($"/received/{received}");
        Assert.Contains("Both sides came to the same", await executing.Text(), StringComparison.Ordinal);
        while (await executing.Page.Locator("#overrideReason").CountAsync() > 0)
        {
            await executing.Page.FillAsync("#overrideReason", "Looked at, and it does not stand in the way.");
            await executing.Press("Set aside");
            Assert.Contains("done=set-aside", executing.Page.Url, StringComparison.Ordinal);
        }
        await executing.Page.SelectOptionAsync("#outcome-i2", "refused");
        await executing.Page.FillAsync("#reason", "Conditions of execution are met for i1.");
        await executing.Press("Sign and send the decision");
        Assert.Equal("#ground-i2", await executing.Page.Locator(".govuk-error-summary__list a").First.GetAttributeAsync("href"));
        Assert.Equal("Conditions of execution are met for i1.", await executing.Page.InputValueAsync("#reason"));
        await executing.Page.SelectOptionAsync("#ground-i2", "data-not-held");
        await executing.Page.FillAsync("#citation-i2", "EEV 16(4)(d)");
        await executing.Press("Sign and send the decision");
        Assert.Contains("done=decided", executing.Page.Url, StringComparison.Ordinal);

        await Eventually.True(async () => (await nodes.AtXa.View(file, id)).GetProperty("state").GetString() == "decided", "the decision returns");
        await signer.Open(request);
        Assert.Contains("EEV 16(4)(d)", await signer.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain(executing.Complaints, said => !said.Contains("status of 4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_question_is_asked_and_answered()
    {
        var file = CaseFile.Example();
        var (id, thread, _) = await nodes.AtXa.DraftToSignature(file);
        var received = (await nodes.AtXb.Arrived(file.Addressee, thread)).GetProperty("id").GetString()!;
        await using var executing = await Reader.At(nodes.Xb.Url);
        await (await executing.As("dora", file.Addressee, "executing-prosecutor")).Open($"/received/{received}");
        await executing.Page.ClickAsync("text=Ask the sender a question");
        await executing.Page.FillAsync("#question", "Which <b>account</b> is meant?");
        await executing.Press("Send the question");
        await Eventually.True(async () => (await nodes.AtXa.View(file, id)).GetProperty("clarifications").GetArrayLength() > 0, "the question arrives");
        await using var signer = await Reader.At(nodes.Xa.Url);
        await (await signer.As("clara", file.Authority, "signer")).Open($"/requests/{id}");
        Assert.Contains("Which <b>account</b> is meant?", await signer.Text(), StringComparison.Ordinal);
        await signer.Page.FillAsync("#answer", "The first.");
        await signer.Press("Send the answer");
        Assert.Contains("done=answered", signer.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_file_at_fault_is_stored_nowhere_and_each_fault_is_placed()
    {
        await using var drafter = await Reader.At(nodes.Xa.Url);
        await drafter.As("anna", "xa-judge", "drafter");
        await drafter.Open("/requests/import");
        var broken = CaseFile.Example();
        broken.Request["items"]![0]!["dataCategory"] = "thoughts";
        await drafter.Page.FillAsync("#json", Encoding.UTF8.GetString(broken.Body));
        var before = await nodes.Xa.Count("select count(*) from es.mt_events where type = 'request.drafted.v1'");
        await drafter.Press("Check and save as a draft");
        Assert.Contains("/items/0/dataCategory", await drafter.Text(), StringComparison.Ordinal);
        Assert.Contains("thoughts", await drafter.Page.InputValueAsync("#json"), StringComparison.Ordinal);
        Assert.Equal(before, await nodes.Xa.Count("select count(*) from es.mt_events where type = 'request.drafted.v1'"));
    }
}

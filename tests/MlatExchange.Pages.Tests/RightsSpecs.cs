using System.Text.Json.Nodes;
using MlatExchange.Scenarios;

namespace MlatExchange.Pages.Tests;

/// <summary>What others try: cases of another authority, steps of another role, scripts in what they enter.</summary>
[Collection(Pages.Name)]
public sealed class RightsSpecs(Nodes nodes)
{
    private const string Script = "<script>window.taken=1</script><img src=x onerror=window.taken=1>\"'";

    [Fact]
    public async Task A_case_of_another_authority_is_not_shown_and_not_touched()
    {
        var file = CaseFile.Example();
        var (id, _) = await nodes.AtXa.Assess(file);
        await using var other = await Reader.At(nodes.Xa.Url);
        await other.As("eve", "xa-prosecutor", "approver", "signer");
        Assert.Equal(403, (await other.Open($"/requests/{id}")).Status);
        Assert.DoesNotContain(file.Request["issuer"]!["reference"]!.GetValue<string>(), await other.Page.ContentAsync(), StringComparison.Ordinal);
        // A form of a page she may see, sent to the page she may not.
        await other.Open("/requests");
        var token = await other.Page.InputValueAsync("input[name=form]");
        var form = other.Context.APIRequest.CreateFormData();
        form.Set("form", token);
        Assert.Equal(403, (await other.Context.APIRequest.PostAsync($"/requests/{id}?handler=Approve", new() { Form = form })).Status);
        Assert.Equal("assessed", (await nodes.AtXa.View(file, id)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_role_that_is_not_held_is_not_gained_by_sending_its_form()
    {
        var file = CaseFile.Example();
        var (id, _) = await nodes.AtXa.Assess(file);
        await using var drafter = await Reader.At(nodes.Xa.Url);
        await drafter.As("eve", file.Authority, "drafter");
        await drafter.Open($"/requests/{id}");
        Assert.Equal(0, await drafter.Page.GetByText("Approve what stands below").CountAsync());
        var form = drafter.Context.APIRequest.CreateFormData();
        form.Set("form", await drafter.Page.InputValueAsync("input[name=form]"));
        form.Set("roles", "approver");
        Assert.Equal(403, (await drafter.Context.APIRequest.PostAsync($"/requests/{id}?handler=Approve&roles=approver", new() { Form = form })).Status);
        Assert.Equal("assessed", (await nodes.AtXa.View(file, id)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Without_the_token_of_the_form_nothing_is_done()
    {
        var file = CaseFile.Example();
        var (id, _) = await nodes.AtXa.Assess(file);
        await using var approver = await Reader.At(nodes.Xa.Url);
        await approver.As("bruno", file.Authority, "approver");
        var form = approver.Context.APIRequest.CreateFormData();
        form.Set("x", "y");
        Assert.Equal(400, (await approver.Context.APIRequest.PostAsync($"/requests/{id}?handler=Approve", new() { Form = form })).Status);
        Assert.Equal("assessed", (await nodes.AtXa.View(file, id)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task What_is_entered_is_shown_as_text_and_never_run()
    {
        var file = CaseFile.Example();
        file.Request["offence"]!["statute"] = "XA Code " + Script;
        file.Request["necessity"]!["lessIntrusiveConsidered"] = JsonValue.Create(Script);
        var id = (await nodes.AtXa.Assess(file)).Id;
        await using var reader = await Reader.At(nodes.Xa.Url);
        await (await reader.As(Script[..40], file.Authority, "approver", "drafter")).Open($"/requests/{id}?done={Uri.EscapeDataString(Script)}");
        Assert.Contains(Script, await reader.Text(), StringComparison.Ordinal);
        Assert.False(await reader.Page.EvaluateAsync<bool>("'taken' in window"));
        Assert.Equal(404, (await reader.Open($"/{Uri.EscapeDataString(Script)}")).Status);
        Assert.False(await reader.Page.EvaluateAsync<bool>("'taken' in window"));
        await reader.Open("/requests/import");
        await reader.Page.FillAsync("#json", "</textarea>" + Script);
        await reader.Press("Check and save as a draft");
        Assert.Equal("</textarea>" + Script, await reader.Page.InputValueAsync("#json"));
        Assert.False(await reader.Page.EvaluateAsync<bool>("'taken' in window"));
    }

    [Fact]
    public async Task A_page_cannot_be_put_into_a_frame_of_another_site()
    {
        await using var reader = await Reader.At(nodes.Xb.Url);
        await reader.Page.RouteAsync("**/frames-us", route => route.FulfillAsync(new() { ContentType = "text/html", Body = $"<iframe id=ours src='{nodes.Xa.Url}/sign-in'></iframe><iframe id=free src='/free'></iframe>" }));
        await reader.Page.RouteAsync("**/free", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<p id=official>A page that allows it.</p>" }));
        await reader.Page.GotoAsync("/frames-us");
        Assert.Equal(1, await reader.Page.FrameLocator("#free").Locator("#official").CountAsync());
        Assert.Contains(nodes.Xa.Url + "/sign-in", reader.Asked);
        Assert.Equal(0, await reader.Page.FrameLocator("#ours").Locator("#official").CountAsync());
    }
}

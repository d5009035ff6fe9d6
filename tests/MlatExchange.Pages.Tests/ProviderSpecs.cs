using System.Web;
using MlatExchange.Scenarios;

namespace MlatExchange.Pages.Tests;

/// <summary>Officials who sign in at an OpenID provider of another maker, and sessions that end when they are told to.</summary>
[Collection(Pages.Name)]
public sealed class ProviderSpecs(Nodes nodes)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_official_is_who_the_provider_says_and_signs_in_anew_before_a_step_that_binds(bool scripts)
    {
        var file = CaseFile.Example();
        var (id, _) = await nodes.AtXa.Assess(file);
        await using var approver = await Arrive(new(Scripts: scripts));
        await approver.Open($"/requests/{id}");
        await approver.Page.ClickAsync("text=Sign in with your authority's account");
        await Prove(approver, $"bruno|{file.Authority}|XA|approver,of-another-application");
        Assert.EndsWith($"/requests/{id}", approver.Page.Url, StringComparison.Ordinal);
        var who = await approver.Page.Locator(".mlat-bar__person").InnerTextAsync();
        Assert.StartsWith("bruno|", who, StringComparison.Ordinal);
        Assert.EndsWith($", {file.Authority} · approver", who, StringComparison.Ordinal);

        // The provider did not say when bruno signed in, so it may be long ago.
        await approver.Press("Approve what stands below");
        Assert.Contains("Nothing was done yet", await approver.Text(), StringComparison.Ordinal);
        Assert.Equal("assessed", (await nodes.AtXa.View(file, id)).GetProperty("state").GetString());
        await approver.Page.ClickAsync("#sign-in-anew a");
        await Prove(approver, $"bruno|{file.Authority}|XA|approver,of-another-application");
        await approver.Press("Approve what stands below");
        Assert.Contains("done=approved", approver.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_official_cannot_prove_it_for_the_first()
    {
        await using var reader = await Arrive();
        await reader.Open("/sign-in?handler=Provider");
        await Prove(reader, "bruno|xa-judge|XA|approver");
        await reader.Open("/sign-in?handler=Provider&fresh=true");
        await Prove(reader, "eve|xa-judge|XA|approver");
        Assert.Contains("You are not signed in", await reader.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bruno|xb-central|XB|approver")]
    [InlineData("bruno||XA|approver")]
    [InlineData("bruno|xa-judge|XA|emperor")]
    public async Task Whoever_is_of_no_authority_or_role_of_this_node_is_not_let_in(string official)
    {
        await using var reader = await Arrive();
        await reader.Open("/sign-in?handler=Provider");
        await Prove(reader, official);
        await NotLetIn(reader);
    }

    [Fact]
    public async Task An_answer_that_this_browser_did_not_ask_for_is_not_taken()
    {
        await using var reader = await Arrive();
        await reader.Open("/sign-in/callback?code=x&state=y");
        await NotLetIn(reader);

        // An ID token made for another question: the nonce differs.
        var asked = await reader.Context.APIRequest.GetAsync("/sign-in?handler=Provider&back=%2F%2Fevil.example", new() { MaxRedirects = 0 });
        var question = new UriBuilder(asked.Headers["location"]);
        var members = HttpUtility.ParseQueryString(question.Query);
        Assert.Equal("S256", members["code_challenge_method"]);
        members["nonce"] = "of-another-question";
        question.Query = members.ToString();
        await reader.Open(question.Uri.ToString());
        await Prove(reader, "bruno|xa-judge|XA|approver");
        await NotLetIn(reader);

        // The same question unchanged, and its answer carried to another browser.
        await using var thief = await Reader.At(nodes.Xa.Url);
        var fair = await reader.Context.APIRequest.GetAsync("/sign-in?handler=Provider&back=%2F%2Fevil.example", new() { MaxRedirects = 0 });
        await thief.Open(fair.Headers["location"]);
        await Prove(thief, "bruno|xa-judge|XA|approver");
        await NotLetIn(thief);
        await reader.Open(fair.Headers["location"]);
        if (reader.Page.Url.StartsWith(nodes.Provider.Url, StringComparison.Ordinal)) await Prove(reader, "bruno|xa-judge|XA|approver");
        Assert.Equal($"{nodes.Xa.Url}/", reader.Page.Url);
    }

    [Fact]
    public async Task A_copied_cookie_ends_with_its_session_and_other_devices_are_signed_out()
    {
        await using var here = await Reader.At(nodes.Xa.Url);
        await here.As("xa-official-7", "xa-judge", "drafter");
        await using var elsewhere = await Reader.At(nodes.Xa.Url);
        await elsewhere.As("xa-official-7", "xa-judge", "drafter");
        await using var another = await Reader.At(nodes.Xa.Url);
        await another.As("xa-official-8", "xa-judge", "drafter");

        await here.Open("/devices");
        await here.Press("Sign out everywhere else");
        Assert.Contains("done=others-ended", here.Page.Url, StringComparison.Ordinal);
        await elsewhere.Open("/requests");
        Assert.Contains("/sign-in", elsewhere.Page.Url, StringComparison.Ordinal);
        await another.Open("/requests");
        Assert.EndsWith("/requests", another.Page.Url, StringComparison.Ordinal);

        var cookie = (await here.Context.CookiesAsync()).Single(cookie => cookie.Name == "mlat-session");
        await here.Press("Sign out");
        await here.Context.AddCookiesAsync([new() { Name = cookie.Name, Value = cookie.Value, Url = nodes.Xa.Url }]);
        await here.Open("/requests");
        Assert.Contains("/sign-in", here.Page.Url, StringComparison.Ordinal);
    }

    private async Task<Reader> Arrive(Look? look = null)
    {
        var reader = await Reader.At(nodes.Xa.Url, look);
        await nodes.Provider.For(nodes.Xa.Url);
        return reader;
    }

    /// <summary>Signs in by the provider's own form.</summary>
    private static async Task Prove(Reader reader, string official)
    {
        await reader.Page.FillAsync("input[name=login]", official);
        await reader.Page.FillAsync("input[name=password]", "any");
        await reader.Page.ClickAsync("button[type=submit]");
    }

    private static async Task NotLetIn(Reader reader)
    {
        Assert.EndsWith("/sign-in?failed=true", reader.Page.Url, StringComparison.Ordinal);
        await reader.Open("/requests");
        Assert.Contains("/sign-in?back", reader.Page.Url, StringComparison.Ordinal);
    }
}

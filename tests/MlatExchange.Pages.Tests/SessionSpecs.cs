using System.Net;

namespace MlatExchange.Pages.Tests;

/// <summary>Who may read pages, for how long, and what pages tell the browser.</summary>
[Collection(Pages.Name)]
public sealed class SessionSpecs(Nodes nodes)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_official_signs_in_and_out_with_and_without_scripts(bool scripts)
    {
        await using var reader = await Reader.At(nodes.Xa.Url, new(Scripts: scripts));
        await reader.Open("/requests");
        Assert.EndsWith("/sign-in?back=%2Frequests", reader.Page.Url, StringComparison.Ordinal);
        await reader.As("xa-official-1", "xa-judge", "drafter", "signer");
        await reader.Open("/");
        Assert.Contains("xa-official-1", await reader.Page.Locator("header").InnerTextAsync(), StringComparison.Ordinal);
        await reader.Press("Sign out");
        await reader.Open("/");
        Assert.Contains("/sign-in", reader.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_at_fault_says_where_and_loses_nothing()
    {
        await using var reader = await Reader.At(nodes.Xa.Url);
        await reader.As("  ", "xa-judge");
        var links = await reader.Page.Locator(".govuk-error-summary__list a").AllAsync();
        Assert.Equal("#official #roles", string.Join(' ', await Task.WhenAll(links.Select(link => link.GetAttributeAsync("href")))));
        Assert.Equal("error-summary", await reader.Page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Equal("xa-judge", await reader.Page.InputValueAsync("#authority"));
    }

    [Fact]
    public async Task A_page_tells_the_browser_to_take_nothing_from_elsewhere_and_nothing_inline()
    {
        await using var reader = await Reader.At(nodes.Xa.Url);
        var headers = (await reader.Open("/sign-in")).Headers;
        Assert.DoesNotContain("unsafe", headers["content-security-policy"], StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", headers["content-security-policy"], StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", headers["content-security-policy"], StringComparison.Ordinal);
        Assert.Equal("DENY", headers["x-frame-options"]);
        Assert.Equal("no-store", headers["cache-control"]);
        await reader.As("xa-official-1", "xa-judge", "drafter");
        Assert.All(reader.Asked, address => Assert.StartsWith(nodes.Xa.Url, address, StringComparison.Ordinal));
        Assert.Empty(reader.Complaints);
    }

    [Fact]
    public async Task A_session_is_not_taken_by_routes_and_a_token_not_by_pages()
    {
        await using var reader = await Reader.At(nodes.Xa.Url);
        await reader.As("xa-official-1", "xa-judge", "drafter");
        var answer = await reader.Context.APIRequest.GetAsync("/api/requests");
        Assert.Equal(401, answer.Status);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Authorization = new("Bearer", await nodes.AtXa.Token("xa-official-1", "xa-judge", "drafter"));
        using var page = await client.GetAsync(nodes.Xa.Url + "/");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    [Fact]
    public async Task Nobody_is_led_elsewhere_by_a_link_to_a_node()
    {
        await using var reader = await Reader.At(nodes.Xa.Url);
        foreach (var elsewhere in (string[])["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
        {
            await reader.Open($"/language/fr?back={Uri.EscapeDataString(elsewhere)}");
            Assert.StartsWith(nodes.Xa.Url, reader.Page.Url, StringComparison.Ordinal);
            await reader.Open($"/sign-in?back={Uri.EscapeDataString(elsewhere)}");
            Assert.Equal("/", await reader.Page.InputValueAsync("input[name=back]"));
        }
    }

    [Fact]
    public async Task A_form_from_another_site_is_refused_and_does_nothing()
    {
        await using var reader = await Reader.At(nodes.Xa.Url);
        await reader.As("xa-official-1", "xa-judge", "drafter");
        // As a page of another site would: the browser's cookies, no token of the form.
        var answer = await reader.Context.APIRequest.PostAsync("/sign-out", new() { Headers = new Dictionary<string, string> { ["Content-Type"] = "application/x-www-form-urlencoded" }, DataString = "" });
        Assert.Equal(400, answer.Status);
        await reader.Open("/");
        Assert.DoesNotContain("/sign-in", reader.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_cookie_planted_before_sign_in_is_not_the_session_after_it()
    {
        await using var reader = await Reader.At(nodes.Xa.Url);
        await reader.Context.AddCookiesAsync([new() { Name = "mlat-session", Value = "planted", Url = nodes.Xa.Url }]);
        await reader.As("xa-official-1", "xa-judge", "drafter");
        var first = (await reader.Context.CookiesAsync()).Single(cookie => cookie.Name == "mlat-session");
        Assert.NotEqual("planted", first.Value);
        Assert.True(first.HttpOnly);
        await reader.As("xa-official-2", "xa-judge", "approver");
        Assert.NotEqual(first.Value, (await reader.Context.CookiesAsync()).Single(cookie => cookie.Name == "mlat-session").Value);
    }

    [Fact]
    public async Task Only_this_machine_may_choose_an_official()
    {
        await using var reader = await Reader.At(nodes.Xa.Url);
        await reader.Page.SetExtraHTTPHeadersAsync(new Dictionary<string, string> { ["X-Forwarded-For"] = "203.0.113.7" });
        await reader.As("xa-official-1", "xa-judge", "drafter");
        Assert.Contains("Page not found", await reader.Text(), StringComparison.Ordinal);
    }
}

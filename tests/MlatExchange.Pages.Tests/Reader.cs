using Microsoft.Playwright;

namespace MlatExchange.Pages.Tests;

/// <summary>How a reader looks at pages.</summary>
public sealed record Look(string Language = "en", bool Dark = false, bool Scripts = true, int Width = 1280)
{
    public override string ToString() => $"{Language}-{(Dark ? "dark" : "light")}{(Width == 1280 ? "" : $"-{Width}")}";
}

/// <summary>An official in front of a browser of its own at one node. Whatever the browser complains of, such as something the security policy stopped, is kept.</summary>
public sealed class Reader : IAsyncDisposable
{
    private readonly IBrowserContext context;

    private Reader(IBrowserContext context, IPage page, string url) => (this.context, Page, Url) = (context, page, url);

    public IPage Page { get; }

    public string Url { get; }

    public IBrowserContext Context => context;

    public List<string> Complaints { get; } = [];

    /// <summary>Addresses asked of any host, to see that no other is.</summary>
    public List<string> Asked { get; } = [];

    public static async Task<Reader> At(string url, Look? look = null)
    {
        Assert.SkipWhen(Browser.Missing is not null, Browser.Missing ?? "");
        look ??= new();
        var context = await (await Browser.Get()).NewContextAsync(new()
        {
            BaseURL = url,
            Locale = look.Language,
            ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = look.Scripts,
            ViewportSize = new() { Width = look.Width, Height = 900 },
        });
        context.SetDefaultTimeout(30_000);
        var reader = new Reader(context, await context.NewPageAsync(), url);
        reader.Page.Console += (_, message) =>
        {
            if (message.Type is "error") reader.Complaints.Add(message.Text);
        };
        reader.Page.PageError += (_, fault) => reader.Complaints.Add(fault);
        reader.Page.Request += (_, request) => reader.Asked.Add(request.Url);
        return reader;
    }

    /// <summary>Signs in as the demo has it, by the form.</summary>
    public async Task<Reader> As(string official, string authority, params string[] roles)
    {
        await Page.GotoAsync("/sign-in");
        await Page.FillAsync("#official", official);
        await Page.SelectOptionAsync("#authority", authority);
        foreach (var box in await Page.Locator("input[name=roles]:checked").AllAsync()) await box.UncheckAsync();
        foreach (var role in roles) await Page.CheckAsync($"input[name=roles][value={role}]");
        await Page.ClickAsync("main button");
        return this;
    }

    public async Task<IResponse> Open(string path) => (await Page.GotoAsync(path))!;

    /// <summary>Text of the page's main part.</summary>
    public Task<string> Text() => Page.Locator("main").InnerTextAsync();

    /// <summary>Presses the button with these words.</summary>
    public Task Press(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}

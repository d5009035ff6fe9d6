using Microsoft.Playwright;
using MlatExchange.Scenarios;

namespace MlatExchange.Pages.Tests;

/// <summary>The Chromium of this machine, started once.</summary>
public static class Browser
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];
    private static readonly Lazy<Task<IBrowser>> Started = new(Start);

    private static string? Path => Environment.GetEnvironmentVariable("MLAT_TEST_CHROMIUM") is { Length: > 0 } named ? named : Places.FirstOrDefault(File.Exists);

    /// <summary>Why no page can be driven here; null when one can.</summary>
    public static string? Missing => Servers.Missing ?? (Path is null ? "Chromium is not on this machine (deploy/test installs it where it can; MLAT_TEST_CHROMIUM names another place)" : null);

    public static Task<IBrowser> Get() => Started.Value;

    private static async Task<IBrowser> Start()
    {
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
        });
    }
}

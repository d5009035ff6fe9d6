using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using MlatExchange.Scenarios;

namespace MlatExchange.Pages.Tests;

/// <summary>What holds for each page, in each language and colour scheme. With MLAT_TEST_SCREENSHOTS (a folder) each is drawn there too.</summary>
[Collection(Pages.Name)]
public sealed partial class EveryPageSpecs(Nodes nodes)
{
    private const int Narrow = 320;
    private const long MostBytes = 150 * 1024;

    private static readonly AxeRunOptions Rules = new() { RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } };

    [Theory]
    [InlineData("en", false)]
    [InlineData("fr", false)]
    [InlineData("en", true)]
    [InlineData("fr", true)]
    public async Task No_barrier_is_found_and_nothing_is_stopped_by_the_policy(string language, bool dark)
    {
        var faults = new List<string>();
        await Visit(new(language, dark), async (reader, stop) =>
        {
            var found = await reader.Page.RunAxe(Rules);
            faults.AddRange(found.Violations.Select(rule => $"{stop.Name}: {rule.Id} at {string.Join("; ", rule.Nodes.Take(3).Select(node => $"{node.Html} {node.Any.FirstOrDefault()?.Message}"))}"));
            faults.AddRange(reader.Complaints.Where(said => !said.Contains("status of 404", StringComparison.Ordinal)).Select(said => $"{stop.Name}: {said}"));
            Assert.Equal(language, await reader.Page.GetAttributeAsync("html", "lang"));
        });
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Nothing_is_cut_off_at_320_pixels()
    {
        var faults = new List<string>();
        await Visit(new(Width: Narrow), async (reader, stop) =>
        {
            var width = await reader.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (width > Narrow) faults.Add($"{stop.Name}: {width} pixels");
        });
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Each_page_reads_the_same_without_scripts_and_is_light()
    {
        var faults = new List<string>();
        await Visit(new(Scripts: false), async (reader, stop) =>
        {
            if ((await reader.Text()).Trim().Length < 20) faults.Add($"{stop.Name}: empty without scripts");
        });
        // As whoever comes for the first time: every byte of the page and of what it asks for, uncompressed.
        await Visit(new(), async (reader, stop) =>
        {
            await reader.Page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.Load);
            var bytes = await reader.Page.EvaluateAsync<long>("[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, entry) => sum + entry.decodedBodySize, 0)");
            if (bytes is 0 or > MostBytes) faults.Add($"{stop.Name}: {bytes} bytes");
        });
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task No_page_has_anything_inline_for_a_policy_to_allow()
    {
        var faults = new List<string>();
        await Visit(new(), async (reader, stop) =>
        {
            if (Inline().Match(await (await reader.Open(stop.Path)).TextAsync()) is { Success: true } found) faults.Add($"{stop.Name}: {found.Value}");
        });
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private async Task Visit(Look look, Func<Reader, Stop, Task> see)
    {
        Assert.SkipWhen(Browser.Missing is not null, Browser.Missing ?? "");
        foreach (var same in (await Tour.Of(nodes)).GroupBy(stop => (stop.At, stop.Authority, Roles: string.Join(' ', stop.Roles))))
        {
            await using var reader = await Reader.At(same.Key.At.Url, look);
            if (same.Key.Authority.Length > 0) await reader.As($"{same.Key.Authority}-reader", same.Key.Authority, same.First().Roles);
            if (look.Language == "fr") await reader.Open("/language/fr?back=/");
            foreach (var stop in same)
            {
                reader.Complaints.Clear();
                var answer = await reader.Open(stop.Path);
                Assert.True(answer.Status < 500, $"{stop.Name} answered {answer.Status}: {stop.At.Log.Lines.LastOrDefault(line => line.Contains("nhandled", StringComparison.Ordinal))}");
                await Draw(reader, stop, look);
                await see(reader, stop);
            }
        }
    }

    private static async Task Draw(Reader reader, Stop stop, Look look)
    {
        if (!look.Scripts || Environment.GetEnvironmentVariable("MLAT_TEST_SCREENSHOTS") is not { Length: > 0 } folder) return;
        await reader.Page.ScreenshotAsync(new() { Path = System.IO.Path.Combine(folder, $"{stop.Name}-{look}.png"), FullPage = true });
    }

    [GeneratedRegex("""<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:""", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();
}

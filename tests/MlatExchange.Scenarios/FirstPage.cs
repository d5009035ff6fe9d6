using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MlatExchange.Scenarios;

/// <summary>The five minutes of the first page, run as they stand there; only the addresses of the demonstration are those of other nodes.</summary>
[Collection(Scenario.Name)]
public sealed partial class FirstPage(TwoJurisdictions nodes)
{
    [Fact]
    public async Task The_commands_of_the_first_page_bring_a_request_to_the_other_side()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Servers.Repository, "README.md"));
        var minutes = page[page.IndexOf("## Five minutes", StringComparison.Ordinal)..];
        var blocks = Blocks().Matches(minutes[..minutes.IndexOf("\n## ", 3, StringComparison.Ordinal)]).Select(block => block.Groups[1].Value).ToList();
        Assert.Equal(2, blocks.Count);
        Assert.Contains("http://127.0.0.1:5101", blocks[0], StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:5102", blocks[0], StringComparison.Ordinal);

        var said = await Bash(string.Join('\n', blocks) + "\nprintf '\\n%s' \"$request\"");
        Assert.Contains("\"state\":\"sent\"", said, StringComparison.Ordinal);
        Assert.Contains("\"items\":[", said, StringComparison.Ordinal);
        await nodes.AtXa.Receipted(CaseFile.Example(), said.Split('\n')[^1]);
    }

    private async Task<string> Bash(string commands)
    {
        var script = "set -euo pipefail\n" + commands.Replace("http://127.0.0.1:5101", nodes.Xa.Url, StringComparison.Ordinal).Replace("http://127.0.0.1:5102", nodes.Xb.Url, StringComparison.Ordinal);
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = Servers.Repository, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, faults) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync();
        Assert.True(bash.ExitCode == 0, await faults);
        return await said;
    }

    [GeneratedRegex("```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}

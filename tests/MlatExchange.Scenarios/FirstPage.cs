using System.Diagnostics;
using System.Net.NetworkInformation;
using System.Text.RegularExpressions;

namespace MlatExchange.Scenarios;

/// <summary>The five minutes of the first page, run as they stand there; only the addresses of the demonstration are those of other nodes.</summary>
[Collection(Scenario.Name)]
public sealed partial class FirstPage(TwoJurisdictions nodes)
{
    private static readonly int[] Ports = [5101, 5102, 5103];

    [Fact]
    public async Task The_commands_of_the_first_page_bring_a_request_to_the_other_side()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Servers.Repository, "README.md"));
        var minutes = page[page.IndexOf("## Five minutes", StringComparison.Ordinal)..];
        var blocks = Blocks().Matches(minutes[..minutes.IndexOf("\n## ", 3, StringComparison.Ordinal)]).Select(block => block.Groups[1].Value).ToList();
        Assert.Equal(2, blocks.Count);
        Assert.Contains("http://127.0.0.1:5101", blocks[0], StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:5102", blocks[0], StringComparison.Ordinal);

        var said = await Here(string.Join('\n', blocks) + "\nprintf '\\n%s' \"$request\"");
        Assert.Contains("\"state\":\"sent\"", said, StringComparison.Ordinal);
        Assert.Contains("\"items\":[", said, StringComparison.Ordinal);
        await nodes.AtXa.Receipted(CaseFile.Example(), said.Split('\n')[^1]);
    }

    /// <summary>On the ports that the page names, with servers of its own; deploy/test itself cannot be run from within.</summary>
    [Theory, InlineData("deploy/demo --embedded-bus --exit"), InlineData("deploy/demo --exit"), InlineData("deploy/demo && deploy/demo --stop")]
    [Trait("Category", "Long")]
    public async Task The_demonstration_plays_its_case_to_the_proofs_and_leaves_no_node_behind(string command)
    {
        Assert.SkipWhen(Ports.Any(IsTaken), "a demonstration runs already: 5101, 5102 or 5103 is in use");
        var said = await Bash(command);
        Assert.Contains("byte for byte what was sealed", said, StringComparison.Ordinal);
        Assert.Equal(2, said.Split('\n').Count(line => line.Contains(" proven ", StringComparison.Ordinal)));
        Assert.DoesNotContain(Ports, IsTaken);
    }

    private static bool IsTaken(int port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == port);

    private async Task<string> Here(string commands) => await Bash(
        commands.Replace("http://127.0.0.1:5101", nodes.Xa.Url, StringComparison.Ordinal).Replace("http://127.0.0.1:5102", nodes.Xb.Url, StringComparison.Ordinal));

    private static async Task<string> Bash(string commands)
    {
        var script = "set -euo pipefail\n" + commands;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = Servers.Repository, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, faults) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync();
        Assert.True(bash.ExitCode == 0, $"{await said}\n{await faults}");
        return await said;
    }

    [GeneratedRegex("```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}

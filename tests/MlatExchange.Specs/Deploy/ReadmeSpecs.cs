using System.Text.RegularExpressions;

namespace MlatExchange.Specs.Deploy;

/// <summary>The first page tells the truth: what it names exists, and the demonstration scenario runs the commands themselves.</summary>
public sealed partial class ReadmeSpecs
{
    private static readonly string Page = Tree.Read("README.md");

    [Fact]
    public void Every_command_of_the_first_page_is_a_script_that_knows_its_option()
    {
        var commands = Commands().Matches(Page).Select(match => (Script: match.Groups[1].Value, Option: match.Groups[2].Value)).ToList();
        Assert.True(commands.Count >= 4);
        Assert.All(commands, command =>
        {
            var script = Tree.Read(command.Script);
            if (command.Option.Length > 0) Assert.Contains($"{command.Option})", script, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_link_of_the_first_page_and_of_the_contracts_leads_somewhere()
    {
        Assert.NotEmpty(Links().Matches(Page));
        foreach (var (folder, page) in new[] { ("", Page), ("contracts/", Tree.Read("contracts/README.md")) })
            Assert.All(Links().Matches(page).Select(match => match.Groups[1].Value).Where(link => !link.StartsWith("http", StringComparison.Ordinal)), link =>
                Assert.True(Path.Exists(Path.Combine(Tree.Root, folder, link)), link));
    }

    [Fact]
    public void Every_folder_that_the_contracts_list_is_there()
    {
        var folders = Folders().Matches(Tree.Read("contracts/README.md")).Select(match => match.Groups[1].Value).ToList();
        Assert.True(folders.Count >= 8);
        Assert.All(folders, folder => Assert.True(Directory.Exists(Path.Combine(Tree.Root, "contracts", folder)), folder));
    }

    [Fact]
    public void The_example_that_the_first_page_posts_is_a_request()
    {
        var reading = MlatExchange.Domain.Requests.RequestContent.Parse(System.Text.Encoding.UTF8.GetBytes(Tree.Read("contracts/http/request.example.json")), "XA");
        Assert.Empty(reading.Faults);
        Assert.NotNull(reading.Value);
    }

    [GeneratedRegex(@"^(deploy/[a-z]+)(?: (--[a-z-]+))?$", RegexOptions.Multiline)]
    private static partial Regex Commands();

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"^\| `([a-z-]+)/`", RegexOptions.Multiline)]
    private static partial Regex Folders();
}

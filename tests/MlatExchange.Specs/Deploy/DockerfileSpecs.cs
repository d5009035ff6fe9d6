using System.Text.RegularExpressions;

namespace MlatExchange.Specs.Deploy;

public sealed partial class DockerfileSpecs
{
    private static readonly string[] Lines = Tree.Read("deploy/node/Dockerfile").Replace("\\\n", " ", StringComparison.Ordinal).Split('\n');

    [Fact]
    public void Every_file_that_is_copied_into_the_build_is_in_the_tree_and_let_through()
    {
        var through = File.ReadLines(Tree.Path("deploy/node/Dockerfile.dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..]).ToArray();
        var copied = Lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from=", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..^1]).Where(word => !word.StartsWith("--", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(copied);
        Assert.All(copied, path => Assert.True(Path.Exists(Tree.Path(path)), $"{path} is copied and is not there"));
        Assert.Equal(through.Order(), copied.Distinct().Order());
    }

    [Fact]
    public void Every_file_that_the_projects_take_from_elsewhere_is_copied_into_the_build()
    {
        var copied = Lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from=", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..^1]).ToArray();
        var taken = Directory.EnumerateFiles(Tree.Path("src"), "*.csproj", SearchOption.AllDirectories)
            .SelectMany(project => Taken().Matches(File.ReadAllText(project))).Select(match => match.Groups[1].Value).Distinct().ToArray();

        Assert.True(taken.Length >= 2, "what the projects take is no longer found");
        Assert.All(taken, path => Assert.Contains(copied, from => path == from || path.StartsWith(from + "/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("UseMarten")]
    [InlineData("UseFirely")]
    public void The_optional_packages_are_switched_on_by_properties_that_the_build_knows(string property)
    {
        Assert.Contains($"ARG {property}=true", Lines);
        Assert.Equal(2, Lines.Sum(line => Regex.Count(line, $@"-p:{property}=\${property}\b")));
        Assert.Contains($"<{property} ", Tree.Read("Directory.Build.props"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_images_are_of_the_framework_the_projects_target()
    {
        var target = Regex.Match(Tree.Read("Directory.Build.props"), "<TargetFramework>net([0-9.]+)<").Groups[1].Value;
        var images = Lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]);

        Assert.Equal([$"mcr.microsoft.com/dotnet/sdk:{target}", $"mcr.microsoft.com/dotnet/aspnet:{target}"], images);
    }

    [Fact]
    public void It_does_not_run_as_root() => Assert.Equal("USER $APP_UID", Lines.Last(line => line.StartsWith("USER ", StringComparison.Ordinal)));

    [Fact]
    public void Settings_in_the_image_are_ones_that_the_code_reads()
    {
        var settings = Lines.Where(line => line.StartsWith("ENV ", StringComparison.Ordinal)).SelectMany(line => Setting().Matches(line)).Select(match => match.Groups[1].Value).ToArray();

        Assert.Equal(["Node__DataPath", "RulePacks__Path"], settings);
        Assert.All(settings, name => Assert.True(SettingNames.OfTheNode.Knows(name), $"no code reads {name}"));
    }

    [Fact]
    public void The_entry_point_starts_programs_that_the_projects_build()
    {
        var start = Tree.Read("deploy/node/start");

        Assert.Contains("/app/node/MlatExchange.Node.dll", start, StringComparison.Ordinal);
        Assert.True(File.Exists(Tree.Path("src/MlatExchange.Node/MlatExchange.Node.csproj")));
        Assert.Contains("/app/tool/mlat.dll", start, StringComparison.Ordinal);
        Assert.Contains("<AssemblyName>mlat</AssemblyName>", Tree.Read("src/MlatExchange.Cli/MlatExchange.Cli.csproj"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_health_check_asks_a_route_that_the_node_serves()
    {
        Assert.Contains("GET /health/ready ", Tree.Read("deploy/node/healthy"), StringComparison.Ordinal);
        Assert.True(SettingNames.OfTheNode.Knows("/health/ready"));
    }

    [GeneratedRegex(@"Include=""\.\./\.\./([^""]+)""")]
    private static partial Regex Taken();

    [GeneratedRegex(@"\b([A-Z]\w+__\w+)=")]
    private static partial Regex Setting();
}

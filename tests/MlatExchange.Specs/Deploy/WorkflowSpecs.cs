using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MlatExchange.Specs.Deploy;

/// <summary>.github/workflows/ci.yml against the tree: what it runs exists and builds what it says.</summary>
public sealed class WorkflowSpecs
{
    private readonly YamlMappingNode workflow = Load();

    private IEnumerable<(string Job, string Command)> Commands => Map(workflow, "jobs").Children.SelectMany(job => ((YamlSequenceNode)Map(job.Value)["steps"]).Cast<YamlMappingNode>()
        .Where(step => step.Children.ContainsKey("run")).Select(step => (Compose.Text(job.Key), Compose.Text(step["run"]))));

    [Fact]
    public void Both_builds_are_built_and_tested_and_the_image_is_built() => Assert.Equal(
        [("default", "deploy/test"), ("full", "deploy/test --full"), ("full", "deploy/test --full --only Scenarios"), ("full", "git diff --exit-code"), ("image", "docker build -f deploy/node/Dockerfile -t mlat-exchange-node .")], Commands);

    [Fact]
    public void Every_script_and_option_and_file_that_it_names_is_in_the_tree()
    {
        foreach (var words in Commands.Select(command => command.Command.Split(' ')))
        {
            Assert.All(words.Where(word => word.StartsWith("deploy/", StringComparison.Ordinal)), path => Assert.True(File.Exists(Tree.Path(path)), path));
            if (words[0] == "deploy/test") Assert.All(words[1..].Where(word => word.StartsWith("--", StringComparison.Ordinal)), option => Assert.Contains($"{option})", Tree.Read(words[0]), StringComparison.Ordinal));
        }
        var sdk = Map(workflow, "jobs").Children.Values.SelectMany(job => ((YamlSequenceNode)Map(job)["steps"]).Cast<YamlMappingNode>()).Where(step => step.Children.ContainsKey("with"))
            .Select(step => Compose.Text(Map(step, "with")["global-json-file"])).ToArray();
        Assert.Equal(2, sdk.Length);
        Assert.All(sdk, file => Assert.True(File.Exists(Tree.Path(file))));
    }

    [Fact]
    public void The_script_builds_the_full_variant_by_properties_that_the_build_knows_and_locks_the_other()
    {
        var (script, properties) = (Tree.Read("deploy/test"), Tree.Read("Directory.Build.props"));
        var full = Regex.Match(script, @"--full\) export (?<switches>[^;]+); restore=\(\) ;;").Groups["switches"].Value.Split(' ');

        Assert.Equal(["UseMarten=true", "UseFirely=true"], full);
        Assert.All(full, property => Assert.Contains($"<{property.Split('=')[0]} Condition=\"'$({property.Split('=')[0]})' == ''\">false<", properties, StringComparison.Ordinal));
        Assert.Contains("restore=(--locked-mode)", script, StringComparison.Ordinal);
        Assert.All(full, property => Assert.Contains($"Condition=\"'$({property.Split('=')[0]})' == 'true'\"", Tree.Read("Directory.Packages.props"), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_project_has_a_lock_file_and_none_names_a_package_of_the_full_build()
    {
        var projects = Directory.EnumerateFiles(Tree.Root, "*.csproj", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)).ToArray();

        Assert.True(projects.Length >= 7);
        Assert.All(projects, project =>
        {
            var locked = Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json");
            Assert.True(File.Exists(locked), locked);
            Assert.DoesNotContain("\"Marten\"", File.ReadAllText(locked), StringComparison.Ordinal);
            Assert.DoesNotContain("Hl7.Fhir", File.ReadAllText(locked), StringComparison.Ordinal);
        });
    }

    private static YamlMappingNode Load()
    {
        var stream = new YamlStream();
        using var text = new StringReader(Tree.Read(".github/workflows/ci.yml"));
        stream.Load(text);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static YamlMappingNode Map(YamlNode node) => (YamlMappingNode)node;

    private static YamlMappingNode Map(YamlMappingNode node, string key) => (YamlMappingNode)node[key];
}

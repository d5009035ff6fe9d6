using System.Reflection;
using System.Text.RegularExpressions;
using MlatExchange.Specs.Deploy;

namespace MlatExchange.Specs.Architecture;

/// <summary>Where things are: a newcomer guesses the file from the sentence.</summary>
public sealed partial class LayoutSpecs
{
    private const int MostLines = 400;

    private static readonly Assembly DomainAssembly = typeof(MlatExchange.Domain.Rule).Assembly;

    private static readonly string[] Attics = ["Core", "Common", "Infrastructure", "Helpers", "Managers", "Utils", "Utilities", "Misc"];

    [Fact]
    public void The_folder_is_the_namespace()
    {
        var wrong = Files()
            .Select(file => (File: file, Declared: Declaration().Match(Tree.Read(file)).Groups["name"].Value))
            .Where(found => found.Declared != Expected(found.File) && !(found.Declared.Length == 0 && IsTopLevel(found.File)))
            .Select(found => $"{found.File}: {found.Declared}");
        Assert.Equal([], wrong);
    }

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        Assert.Equal([], Files().Select(file => (File: file, Lines: File.ReadLines(Tree.Path(file)).Count())).Where(file => file.Lines > MostLines).Select(file => $"{file.File}: {file.Lines}"));

    [Fact]
    public void No_folder_is_an_attic() => Assert.Equal([], Files().Where(file => file.Split('/').SkipLast(1).Any(folder => Attics.Contains(folder))));

    [Fact]
    public void Capabilities_of_the_domain_do_not_depend_on_each_other_in_circles()
    {
        var needs = Dependencies();
        Assert.True(needs.Count >= 6, "the capability folders are no longer found");
        Assert.Contains("Execution", needs["Requests"]);
        while (needs.FirstOrDefault(folder => folder.Value.All(other => !needs.ContainsKey(other))) is { Key: { } free }) needs.Remove(free);
        Assert.True(needs.Count == 0, $"in a circle: {string.Join("; ", needs.Select(folder => $"{folder.Key} needs {string.Join(", ", folder.Value.Where(needs.ContainsKey))}"))}");
    }

    /// <summary>For each capability folder the others that its source names, by a using or by a qualified name.</summary>
    private static Dictionary<string, HashSet<string>> Dependencies()
    {
        var folders = SourceTree.CSharp("src/MlatExchange.Domain").Select(file => file.Split('/')).Where(path => path.Length > 3).Select(path => path[2]).ToHashSet();
        return folders.ToDictionary(
            folder => folder,
            folder => SourceTree.CSharp($"src/MlatExchange.Domain/{folder}")
                .SelectMany(file => Mentions().Matches(Tree.Read(file)))
                .Where(match => !match.Groups["type"].Success || DomainAssembly.GetType($"MlatExchange.Domain.{match.Groups["folder"].Value}.{match.Groups["type"].Value}") is not null)
                .Select(match => match.Groups["folder"].Value)
                .Where(other => other != folder && folders.Contains(other))
                .ToHashSet());
    }

    private static IEnumerable<string> Files() => SourceTree.CSharp("src").Concat(SourceTree.CSharp("tests"));

    /// <summary>From the project on; a folder that stands in for a package has the package's namespace for its name.</summary>
    private static string Expected(string file)
    {
        var path = file.Split('/');
        var project = Array.FindLastIndex(path, folder => folder.StartsWith("MlatExchange.", StringComparison.Ordinal) || folder.StartsWith("Hl7.Fhir.", StringComparison.Ordinal));
        return string.Join('.', path[project..^1]);
    }

    private static bool IsTopLevel(string file) => Path.GetFileName(file) is "Program.cs" or "AssemblyInfo.cs" or "GlobalUsings.cs";

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?:^using (?:static )?MlatExchange\.Domain\.(?<folder>\w+))|(?:(?<![\w.])(?<folder>[A-Z]\w+)\.(?<type>[A-Z]\w*))", RegexOptions.Multiline)]
    private static partial Regex Mentions();
}

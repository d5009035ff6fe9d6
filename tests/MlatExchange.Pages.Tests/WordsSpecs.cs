using System.Text.RegularExpressions;
using System.Xml.Linq;
using MlatExchange.Scenarios;

namespace MlatExchange.Pages.Tests;

/// <summary>The texts of the pages: none is missing in French, none is left over, and both say the same places.</summary>
public sealed partial class WordsSpecs
{
    private static readonly string Folder = Path.Combine(Servers.Repository, "src", "MlatExchange.Node", "Pages");
    private static readonly Dictionary<string, string> English = Read("Words.resx");
    private static readonly Dictionary<string, string> French = Read("Words.fr.resx");

    [Fact]
    public void Every_text_of_a_page_is_there_in_French() => Assert.Equal([], Sentences().Except(French.Keys));

    [Fact]
    public void Every_code_is_there_in_both_languages() => Assert.Equal(English.Keys.Order(), French.Keys.Except(Sentences()).Order());

    [Fact]
    public void A_translation_has_the_same_places_for_values() =>
        Assert.Equal([], French.Where(pair => Places(English.GetValueOrDefault(pair.Key, pair.Key)) != Places(pair.Value)).Select(pair => pair.Key));

    private static string Places(string text) => string.Join(' ', Place().Matches(text).Select(match => match.Value).Distinct().Order());

    private static HashSet<string> Sentences() => [.. Directory.EnumerateFiles(Folder, "*.cs*", SearchOption.AllDirectories)
        .SelectMany(file => Sentence().Matches(File.ReadAllText(file))).Select(match => Regex.Unescape(match.Groups[1].Value))];

    private static Dictionary<string, string> Read(string file) =>
        XDocument.Load(Path.Combine(Folder, file)).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);

    [GeneratedRegex("""\bT\("((?:[^"\\]|\\.)*)"[,)]""")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}

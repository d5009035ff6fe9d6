using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace MlatExchange.Specs.Deploy;

/// <summary>docker-compose.yml as it reads once anchors and merge keys are resolved.</summary>
internal sealed class Compose
{
    private readonly YamlMappingNode _top;

    public Compose()
    {
        var stream = new YamlStream();
        using var text = new StringReader(Tree.Read("docker-compose.yml"));
        stream.Load(new MergingParser(new Parser(text)));
        _top = (YamlMappingNode)stream.Documents[0].RootNode;
    }

    public IEnumerable<string> Names(string section) => Section(section).Children.Keys.Select(Text);

    public IEnumerable<(string Name, YamlMappingNode Service)> Services => Section("services").Select(entry => (Text(entry.Key), (YamlMappingNode)entry.Value));

    public YamlMappingNode Service(string name) => (YamlMappingNode)Section("services")[name];

    public string SecretFile(string name) => Text(((YamlMappingNode)Section("secrets")[name])["file"]);

    public static string Text(YamlNode node) => ((YamlScalarNode)node).Value ?? "";

    public static IEnumerable<string> Texts(YamlMappingNode service, string key) =>
        service.Children.TryGetValue(key, out var value)
            ? value is YamlMappingNode map ? map.Children.Keys.Select(Text) : ((YamlSequenceNode)value).Select(Text)
            : [];

    public static IReadOnlyDictionary<string, string> Environment(YamlMappingNode service) =>
        service.Children.TryGetValue("environment", out var value)
            ? ((YamlMappingNode)value).Children.ToDictionary(entry => Text(entry.Key), entry => Text(entry.Value))
            : new Dictionary<string, string>();

    /// <summary>Secrets of a service: the name at the top of the file, and the file name inside the container.</summary>
    public static IEnumerable<(string Source, string Target)> Secrets(YamlMappingNode service) =>
        service.Children.TryGetValue("secrets", out var value)
            ? ((YamlSequenceNode)value).Cast<YamlMappingNode>().Select(secret => (Text(secret["source"]), Text(secret["target"])))
            : [];

    /// <summary>What a service mounts: a volume's name or a path, and where.</summary>
    public static IEnumerable<(string From, string To)> Mounts(YamlMappingNode service) =>
        from mount in Texts(service, "volumes")
        // a variable may hold colons: ${NAME:?message}
        let parts = System.Text.RegularExpressions.Regex.Replace(mount, @"\$\{(\w+)[^}]*\}", "$$$1").Split(':')
        select (parts[0], parts[1]);

    private YamlMappingNode Section(string name) => (YamlMappingNode)_top[name];
}

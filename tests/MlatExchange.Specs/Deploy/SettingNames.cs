namespace MlatExchange.Specs.Deploy;

/// <summary>Names of settings as the node's source spells them: <c>"Section:Name"</c>.</summary>
internal sealed class SettingNames(string source)
{
    public static SettingNames OfTheNode { get; } = new(string.Join('\n',
        Directory.EnumerateFiles(Tree.Path("src/MlatExchange.Node"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Select(File.ReadAllText)));

    /// <summary>Whether code reads it. A list under a counterpart (<c>Instruments:InForce:XB:0</c>) is read by its section.</summary>
    /// <param name="variable">With <c>__</c>, as environment variables spell it, or <c>:</c>.</param>
    public bool Knows(string variable)
    {
        var name = variable.Replace("__", ":", StringComparison.Ordinal);
        return Contains(name) || (name.StartsWith("Instruments:InForce:", StringComparison.Ordinal) && Contains("Instruments:InForce"));
    }

    private bool Contains(string name) => source.Contains($"\"{name}", StringComparison.Ordinal);
}

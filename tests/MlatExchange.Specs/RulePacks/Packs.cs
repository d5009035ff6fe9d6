using MlatExchange.Domain.RulePacks;

namespace MlatExchange.Specs.RulePacks;

/// <summary>The packs of this repository, read from contracts/rule-packs.</summary>
public static class Packs
{
    public static readonly string Folder = Find();

    public static RulePack Eev { get; } = Load("eev@3");

    public static RulePack Bc29 { get; } = Load("bc29@3");

    /// <summary>All of them; a request is assessed by the newest of its instrument.</summary>
    public static RulePackSet All { get; } = new(Directory.GetFiles(Folder, "*@*.json").Select(f => Load(Path.GetFileNameWithoutExtension(f))));

    /// <summary>The newest of each instrument.</summary>
    public static IEnumerable<RulePack> Newest => All.All.Select(p => p.Instrument).Distinct().Select(i => All.For(i)!);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, $"{name}.json"));

    public static RulePack Load(string name)
    {
        var read = RulePackLoader.Load(Bytes(name));
        Assert.Empty(read.Faults);
        return read.Value!;
    }

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (Directory.Exists(Path.Combine(at.FullName, "contracts", "rule-packs")))
                return Path.Combine(at.FullName, "contracts", "rule-packs");
        }

        throw new DirectoryNotFoundException("contracts/rule-packs stands above no parent of the test's folder");
    }
}

namespace MlatExchange.Domain.RulePacks;

/// <summary>The packs a node has loaded.</summary>
public sealed class RulePackSet
{
    private readonly List<RulePack> packs;

    /// <exception cref="ArgumentException">Two different files claim the same id and version.</exception>
    public RulePackSet(IEnumerable<RulePack> loaded)
    {
        packs = [.. loaded.DistinctBy(p => p.Digest).OrderBy(p => p.Id, StringComparer.Ordinal).ThenByDescending(p => p.Version)];
        if (packs.GroupBy(p => p.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"two different files claim to be rule pack {twice.Key}");
    }

    /// <summary>All, by id and newest version first.</summary>
    public IReadOnlyList<RulePack> All => packs;

    /// <summary>The newest version for an instrument; null when there is none, and a request under it cannot be assessed.</summary>
    public RulePack? For(string instrument) => packs.Where(p => p.Instrument == instrument).MaxBy(p => p.Version);

    /// <summary>The pack of this name, such as <c>eev@1</c>.</summary>
    public RulePack? Find(string name) => packs.Find(p => p.Name == name);

    /// <summary>The pack of exactly these bytes: what a counterpart says it applied.</summary>
    public RulePack? FindDigest(string digest) => packs.Find(p => p.Digest == digest);
}

using MlatExchange.Domain.Jurisdictions;
using MlatExchange.Domain.RulePacks;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Node.Assessment;

/// <summary>The rule packs of a folder with who signed each; read once at start.</summary>
/// <param name="InUse">Every pack loaded, by name.</param>
public sealed record PackFiles(RulePackSet Packs, IReadOnlyList<PackInUse> InUse)
{
    /// <summary>
    /// A pack at fault stops the node, because a rule left out would be a rule waived. So does a signature that does not hold, and with
    /// <c>RulePacks:RequireSignature</c> one that is missing.
    /// </summary>
    /// <param name="jurisdiction">The node's own: only its anchor's word counts here.</param>
    /// <exception cref="InvalidOperationException">Names the file and the rule.</exception>
    public static PackFiles Load(string folder, string jurisdiction, string trust, bool requireSignature)
    {
        var (packs, inUse) = (new List<RulePack>(), new List<PackInUse>());
        foreach (var file in Directory.EnumerateFiles(folder, "*@*.json").Order(StringComparer.Ordinal))
        {
            var reading = RulePackLoader.Load(File.ReadAllBytes(file));
            var pack = reading.Value ?? throw new InvalidOperationException($"Rule pack {Path.GetFileName(file)}: {string.Join("; ", reading.Faults.Select(fault => $"{fault.Pointer} {fault.Rule}"))}");
            packs.Add(pack);
            inUse.Add(new(pack.Name, pack.Digest, Signer(folder, pack, jurisdiction, trust, requireSignature)));
        }

        return new(new(packs), [.. inUse.OrderBy(pack => pack.Pack, StringComparer.Ordinal)]);
    }

    private static string? Signer(string folder, RulePack pack, string jurisdiction, string trust, bool required)
    {
        var (name, file) = (PackStatement.FileName(pack.Name, jurisdiction), Path.Combine(folder, PackStatement.FileName(pack.Name, jurisdiction)));
        if (!File.Exists(file))
            return required ? throw new InvalidOperationException($"Rule pack {pack.Name}: {name} is missing, and RulePacks:RequireSignature asks for it (mlat rules sign).") : null;
        if (!TrustAnchors.TryRead(File.ReadAllBytes(Path.Combine(trust, "anchors.json")), out var anchors, out var fault)) throw new InvalidOperationException($"anchors.json breaks the rule {fault.Rule} at {fault.JsonPointer}.");
        return PackStatement.Holds(File.ReadAllText(file).Trim(), anchors, jurisdiction, pack.Name, Digest.Parse(pack.Digest), out var key, out var rule)
            ? key : throw new InvalidOperationException($"Rule pack {pack.Name}: {name} breaks the rule {rule}.");
    }
}

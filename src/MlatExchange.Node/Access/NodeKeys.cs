using MlatExchange.Protocol.Jose;

namespace MlatExchange.Node.Access;

/// <summary>
/// The private keys this node holds, one per use, and the act keys of authorities that left theirs in the node's custody. Anchor and evidence keys are never here:
/// no node can change its own trust or open evidence.
/// </summary>
/// <param name="Encryption">Newest first; older ones stay until their overlap is over.</param>
/// <param name="Acts">By authority code.</param>
public sealed record NodeKeys(EcKey Message, IReadOnlyList<EcKey> Encryption, EcKey Log, EcKey Token, IReadOnlyDictionary<string, EcKey> Acts)
{
    /// <summary>Reads <c>message.jwk</c>, <c>encryption.jwk</c> (and <c>encryption-*.jwk</c>), <c>log.jwk</c>, <c>token.jwk</c> and <c>acts/&lt;authority&gt;.jwk</c>.</summary>
    /// <exception cref="InvalidOperationException">A file is missing or is not a private P-256 JWK; the message names the file and nothing of its content.</exception>
    public static NodeKeys Load(string folder)
    {
        var acts = Path.Combine(folder, "acts");
        return new(
            Read(Path.Combine(folder, "message.jwk")),
            [.. Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "encryption*.jwk").OrderDescending(StringComparer.Ordinal).Select(Read) : []],
            Read(Path.Combine(folder, "log.jwk")),
            Read(Path.Combine(folder, "token.jwk")),
            Directory.Exists(acts)
                ? Directory.EnumerateFiles(acts, "*.jwk").ToDictionary(file => Path.GetFileNameWithoutExtension(file), Read, StringComparer.Ordinal)
                : []);
    }

    private static EcKey Read(string file) => !File.Exists(file)
        ? throw new InvalidOperationException($"The key file {Path.GetFileName(file)} is missing in Node:KeysPath: make keys with 'mlat keys new'.")
        : EcKey.TryImport(File.ReadAllText(file).Trim(), out var key) ? key
        : throw new InvalidOperationException($"The key file {Path.GetFileName(file)} is not a private P-256 JWK.");
}

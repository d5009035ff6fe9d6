using System.Security.Cryptography;
using System.Text.Json;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Node.Ledger;

/// <summary>Reads the node's log key from its private JWK file (<c>log.jwk</c>).</summary>
public static class LogKeyFile
{
    /// <summary>The key, under the log's origin (<c>host/log/year</c>, from the node's trust list entry).</summary>
    /// <exception cref="InvalidDataException">The file is not a private P-256 JWK.</exception>
    public static LogKey Read(string path, string origin)
    {
        var jwk = File.ReadAllText(path);
        if (!EcKey.TryImport(jwk, out var strict))
            throw new InvalidDataException($"{Path.GetFileName(path)} is not a private P-256 key as a JWK.");
        strict.Dispose(); // read strictly above; checkpoints need the DER signatures that only the bare key makes
        using var members = JsonDocument.Parse(jwk);
        byte[] Of(string name) => Base64Url.TryDecode(members.RootElement.GetProperty(name).GetString(), out var bytes) ? bytes : [];
        return new(origin, ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = Of("x"), Y = Of("y") }, D = Of("d") }));
    }
}

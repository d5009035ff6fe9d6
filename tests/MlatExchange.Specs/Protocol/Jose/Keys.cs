using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Specs.Protocol.Jose;

/// <summary>Keys and bytes the JOSE specs share; drawn from a counter, so every run sees the same.</summary>
internal static class Keys
{
    public static readonly EcKey Alice = EcKey.Generate(Drawn("alice"));
    public static readonly EcKey Bob = EcKey.Generate(Drawn("bob"));

    /// <summary>An endless stream made from the seed alone.</summary>
    public static MlatExchange.Protocol.RandomSource Drawn(string seed)
    {
        var block = SHA256.HashData(Encoding.UTF8.GetBytes(seed));
        return destination =>
        {
            for (var i = 0; i < destination.Length; i++)
            {
                if (i % 32 == 0)
                {
                    block = SHA256.HashData(block);
                }
                destination[i] = block[i % 32];
            }
        };
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string Part(string json) => Base64Url.Encode(Utf8(json));

    public static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;

    /// <summary>A JWS whose header is written by the test, signed correctly by the key.</summary>
    public static string SignedWithHeader(string header, string payload, EcKey key)
    {
        var input = Part(header) + "." + Part(payload);
        using var ecdsa = ECDsa.Create();
        var jwk = Json(key.ExportPrivateJwk());
        byte[] Bytes(string name) => Base64Url.TryDecode(jwk.GetProperty(name).GetString(), out var b) ? b : throw new FormatException();
        ecdsa.ImportParameters(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256, D = Bytes("d"), Q = new ECPoint { X = Bytes("x"), Y = Bytes("y") },
        });
        return input + "." + Base64Url.Encode(ecdsa.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256));
    }
}

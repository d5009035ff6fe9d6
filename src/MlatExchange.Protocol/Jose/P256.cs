using System.Security.Cryptography;
using System.Text.Json;

namespace MlatExchange.Protocol.Jose;

/// <summary>The one curve of the profile: NIST P-256 (FIPS 186-5), coordinates and scalars of exactly 32 bytes.</summary>
internal static class P256
{
    /// <summary>Bytes of a coordinate and of a private scalar.</summary>
    public const int Size = 32;

    public static readonly ECCurve Curve = ECCurve.NamedCurves.nistP256;

    private static readonly byte[] Order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    /// <summary>A private scalar in [1, n - 1], evenly drawn.</summary>
    public static byte[] DrawScalar(RandomSource random)
    {
        var d = new byte[Size];
        do
        {
            random(d);
        }
        while (d.AsSpan().SequenceCompareTo(Order) >= 0 || d.AsSpan().IndexOfAnyExcept((byte)0) < 0);
        return d;
    }

    /// <summary>Reads a JWK with exactly these members, <c>kty</c> EC and <c>crv</c> P-256; null when it is anything else. The point is not checked here.</summary>
    public static ECParameters? ReadJwk(JsonElement jwk, bool withPrivateHalf)
    {
        var found = 0;
        var parameters = new ECParameters { Curve = Curve };
        if (jwk.ValueKind != JsonValueKind.Object)
        {
            return null;
        }
        foreach (var member in jwk.EnumerateObject())
        {
            var known = member.Value.ValueKind == JsonValueKind.String && member.Name switch
            {
                "kty" => member.Value.ValueEquals("EC"u8),
                "crv" => member.Value.ValueEquals("P-256"u8),
                "x" => TryScalar(member.Value, out parameters.Q.X),
                "y" => TryScalar(member.Value, out parameters.Q.Y),
                "d" => withPrivateHalf && TryScalar(member.Value, out parameters.D),
                _ => false,
            };
            if (!known)
            {
                return null;
            }
            found++;
        }
        return found == (withPrivateHalf ? 5 : 4) ? parameters : null; // duplicates were refused by the reader, so a count is enough
    }

    private static bool TryScalar(JsonElement value, out byte[]? bytes) => Base64Url.TryDecode(value.GetString(), out bytes) && bytes.Length == Size;
}

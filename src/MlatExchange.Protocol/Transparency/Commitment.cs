using System.Security.Cryptography;
using System.Text;

namespace MlatExchange.Protocol.Transparency;

/// <summary>
/// Binds a member of a leaf to a value without telling it: HMAC-SHA-256(salt, "mlat-commit-v1" 0 member 0 value). With the salt
/// anyone can check; once the salt is destroyed the leaf tells nothing and still proves everything else.
/// </summary>
public static class Commitment
{
    /// <summary>Bytes of the random salt, one fresh salt per member and leaf.</summary>
    public const int SaltLength = 32;

    private static ReadOnlySpan<byte> Domain => "mlat-commit-v1\0"u8;

    /// <summary>The 32 bytes of the commitment; a member name holds no zero character.</summary>
    public static byte[] Of(ReadOnlySpan<byte> salt, string member, string value)
    {
        if (member.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("a member name holds no zero character", nameof(member));
        }
        if (salt.Length != SaltLength)
        {
            throw new ArgumentException($"a salt has {SaltLength} bytes", nameof(salt));
        }
        return HMACSHA256.HashData(salt, [.. Domain, .. Encoding.UTF8.GetBytes(member), 0, .. Encoding.UTF8.GetBytes(value)]);
    }

    /// <summary>Whether salt and value open the commitment of that member.</summary>
    public static bool Opens(ReadOnlySpan<byte> commitment, ReadOnlySpan<byte> salt, string member, string value) =>
        salt.Length == SaltLength && !member.Contains('\0', StringComparison.Ordinal) && commitment.SequenceEqual(Of(salt, member, value));
}

using System.Buffers.Text;
using System.Security.Cryptography;

namespace MlatExchange.Domain;

/// <summary>Digests as they are printed everywhere: <c>sha-256:</c> and the unpadded base64url of the hash.</summary>
public static class Digests
{
    /// <summary>The digest of these bytes, 51 characters.</summary>
    public static string OfBytes(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        Span<char> printed = stackalloc char[51];
        "sha-256:".CopyTo(printed);
        Base64Url.EncodeToChars(hash, printed[8..]);
        return new(printed);
    }
}

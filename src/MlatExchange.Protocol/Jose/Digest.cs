using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace MlatExchange.Protocol.Jose;

/// <summary>A SHA-256 digest; on the wire <c>sha-256:</c> and 43 characters of base64url. The default value is 32 zero bytes.</summary>
[JsonConverter(typeof(DigestJsonConverter))]
public readonly record struct Digest
{
    /// <summary>Bytes of a digest.</summary>
    public const int Size = 32;

    private const string Prefix = "sha-256:";
    private readonly UInt128 high;
    private readonly UInt128 low;

    /// <summary>Takes 32 bytes that are a digest already.</summary>
    /// <exception cref="ArgumentException">Other than 32 bytes.</exception>
    public Digest(ReadOnlySpan<byte> sha256)
    {
        if (sha256.Length != Size)
        {
            throw new ArgumentException("A digest is 32 bytes.", nameof(sha256));
        }
        high = BinaryPrimitives.ReadUInt128BigEndian(sha256);
        low = BinaryPrimitives.ReadUInt128BigEndian(sha256[16..]);
    }

    /// <summary>The digest of these bytes.</summary>
    public static Digest Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(bytes, hash);
        return new Digest(hash);
    }

    /// <summary>Reads the wire form, exactly; any other algorithm or spelling is refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Digest digest)
    {
        Span<byte> hash = stackalloc byte[Size];
        var ok = text.StartsWith(Prefix, StringComparison.Ordinal) && Base64Url.TryDecode(text[Prefix.Length..], hash);
        digest = ok ? new Digest(hash) : default;
        return ok;
    }

    /// <summary>Reads the wire form.</summary>
    /// <exception cref="FormatException">Not exactly the wire form.</exception>
    public static Digest Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var digest) ? digest : throw new FormatException("Not a digest of the form sha-256:<base64url>.");

    /// <summary>Writes the 32 bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, high);
        BinaryPrimitives.WriteUInt128BigEndian(destination[16..], low);
    }

    /// <summary>The 32 bytes in a new array.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>The wire form.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Prefix + Base64Url.Encode(bytes);
    }
}

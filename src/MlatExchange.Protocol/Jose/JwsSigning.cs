using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Bcl = System.Buffers.Text.Base64Url;

namespace MlatExchange.Protocol.Jose;

/// <summary>Builds the text of a JWS in one rented buffer.</summary>
internal static class JwsSigning
{
    public static string Sign(string type, ReadOnlySpan<byte> payload, EcKey key)
    {
        if (!JoseHeader.IsToken(type))
        {
            throw new ArgumentException("A typ is letters, digits and -+./ only.", nameof(type));
        }
        var header = Encoding.ASCII.GetBytes($$"""{"alg":"ES256","typ":"{{type}}","kid":"{{key.Thumbprint}}"}""");
        var length = Bcl.GetEncodedLength(header.Length) + 1 + Bcl.GetEncodedLength(payload.Length) + 1 + CompactJws.SignatureLength;
        if (length > CompactJws.MaxLength)
        {
            throw new ArgumentException("The payload is too large for a JWS of 256 KiB.", nameof(payload));
        }
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var n = Bcl.EncodeToUtf8(header, buffer);
            buffer[n++] = (byte)'.';
            n += Bcl.EncodeToUtf8(payload, buffer.AsSpan(n));
            Span<byte> signature = stackalloc byte[2 * P256.Size];
            key.Sign(buffer.AsSpan(..n), signature);
            buffer[n++] = (byte)'.';
            n += Bcl.EncodeToUtf8(signature, buffer.AsSpan(n));
            return Encoding.ASCII.GetString(buffer.AsSpan(..n));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer.AsSpan(..length)); // the next user of the buffer must not see the payload
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static Digest DigestOfAscii(ReadOnlySpan<char> text)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            var digest = Digest.Of(buffer.AsSpan(..Encoding.ASCII.GetBytes(text, buffer)));
            buffer.AsSpan(..text.Length).Clear();
            return digest;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

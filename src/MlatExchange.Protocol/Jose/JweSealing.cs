using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Bcl = System.Buffers.Text.Base64Url;

namespace MlatExchange.Protocol.Jose;

/// <summary>Builds the text of a JWE in one rented buffer.</summary>
internal static class JweSealing
{
    public static string Seal(ReadOnlySpan<byte> plaintext, EcPublicKey recipient, string type, string contentType, RandomSource random)
    {
        if (plaintext.Length > CompactJwe.MaxPlaintext)
        {
            throw new ArgumentException("The plaintext is above 256 KiB.", nameof(plaintext));
        }
        if (!JoseHeader.IsToken(type) || !JoseHeader.IsToken(contentType))
        {
            throw new ArgumentException("typ and cty are letters, digits and -+./ only.", nameof(type));
        }
        var scalar = P256.DrawScalar(random);
        var contentKey = new byte[32];
        Span<byte> nonce = stackalloc byte[12];
        random(contentKey);
        random(nonce);
        using var ephemeral = ECDiffieHellman.Create(new ECParameters { Curve = P256.Curve, D = scalar });
        var wrappingKey = recipient.Agree(ephemeral, CompactJwe.OtherInfo);
        try
        {
            return Text(Header(recipient, ephemeral, type, contentType), AesKeyWrap.Wrap(wrappingKey, contentKey), nonce, plaintext, contentKey);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(scalar);
            CryptographicOperations.ZeroMemory(wrappingKey);
            CryptographicOperations.ZeroMemory(contentKey);
        }
    }

    private static byte[] Header(EcPublicKey recipient, ECDiffieHellman ephemeral, string type, string contentType)
    {
        var point = ephemeral.ExportParameters(includePrivateParameters: false).Q;
        return Encoding.ASCII.GetBytes(
            $$$"""{"alg":"ECDH-ES+A256KW","enc":"A256GCM","kid":"{{{recipient.Thumbprint}}}","epk":{"kty":"EC","crv":"P-256","x":"{{{Base64Url.Encode(point.X)}}}","y":"{{{Base64Url.Encode(point.Y)}}}"},"typ":"{{{type}}}","cty":"{{{contentType}}}"}""");
    }

    private static string Text(byte[] header, byte[] wrapped, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, byte[] contentKey)
    {
        var sealedBytes = ArrayPool<byte>.Shared.Rent(plaintext.Length);
        var text = ArrayPool<byte>.Shared.Rent(CompactJwe.MaxLength - Base64Url.LengthOf(CompactJwe.MaxPlaintext) + Base64Url.LengthOf(plaintext.Length));
        try
        {
            Span<byte> tag = stackalloc byte[16];
            var n = Bcl.EncodeToUtf8(header, text);
            using (var gcm = new AesGcm(contentKey, tag.Length))
            {
                gcm.Encrypt(nonce, plaintext, sealedBytes.AsSpan(..plaintext.Length), tag, text.AsSpan(..n));
            }
            n = Append(text, n, wrapped);
            n = Append(text, n, nonce);
            n = Append(text, n, sealedBytes.AsSpan(..plaintext.Length));
            n = Append(text, n, tag);
            return Encoding.ASCII.GetString(text.AsSpan(..n)); // only ciphertext was in the buffers, so they go back as they are
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(sealedBytes);
            ArrayPool<byte>.Shared.Return(text);
        }
    }

    private static int Append(byte[] text, int at, ReadOnlySpan<byte> part)
    {
        text[at++] = (byte)'.';
        return at + Bcl.EncodeToUtf8(part, text.AsSpan(at));
    }
}

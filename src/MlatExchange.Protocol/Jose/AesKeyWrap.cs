using System.Diagnostics.CodeAnalysis;
using Microsoft.IdentityModel.Tokens;

namespace MlatExchange.Protocol.Jose;

/// <summary>AES-256 key wrap (RFC 3394) of the JOSE library, for content keys of 32 bytes.</summary>
internal static class AesKeyWrap
{
    /// <summary>Bytes of a wrapped 32-byte key.</summary>
    public const int WrappedSize = 40;

    public static byte[] Wrap(byte[] wrappingKey, byte[] key)
    {
        using var provider = Provider(wrappingKey);
        return provider.WrapKey(key);
    }

    /// <summary>Says no when the wrapped key was changed or the wrapping key is another.</summary>
    public static bool TryUnwrap(byte[] wrappingKey, byte[] wrapped, [NotNullWhen(true)] out byte[]? key)
    {
        try
        {
            using var provider = Provider(wrappingKey);
            key = wrapped.Length == WrappedSize ? provider.UnwrapKey(wrapped) : null;
        }
        catch (SecurityTokenKeyWrapException)
        {
            key = null;
        }
        return key is not null;
    }

    private static SymmetricKeyWrapProvider Provider(byte[] wrappingKey) => new(new SymmetricSecurityKey(wrappingKey), SecurityAlgorithms.Aes256KW);
}

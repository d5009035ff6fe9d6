using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Messages;

/// <summary>Identifiers on the wire: 128 random bits as 22 characters of base64url. They say nothing about case, time or node.</summary>
public static class WireId
{
    /// <summary>A fresh identifier.</summary>
    public static string New(RandomSource random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random(bytes);
        return Base64Url.Encode(bytes);
    }

    /// <summary>Whether the text is the one spelling of 128 bits.</summary>
    public static bool Is(ReadOnlySpan<char> text) => Base64Url.IsExact(text, 16);
}

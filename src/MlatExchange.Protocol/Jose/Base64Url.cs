using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Bcl = System.Buffers.Text.Base64Url;

namespace MlatExchange.Protocol.Jose;

/// <summary>
/// Base64url (RFC 4648 section 5) with one spelling per value: no padding, no white space, no non-zero spare bits.
/// The platform decoder admits all three, so the check stands in front of it; otherwise one signature would have several texts.
/// </summary>
public static class Base64Url
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static readonly SearchValues<char> Chars = SearchValues.Create(Alphabet);

    /// <summary>The one text of the bytes; empty for none.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) => Bcl.EncodeToString(bytes);

    /// <summary>Characters that encode so many bytes.</summary>
    public static int LengthOf(int bytes) => Bcl.GetEncodedLength(bytes);

    /// <summary>Whether the text is the one spelling of some bytes.</summary>
    public static bool IsExact(ReadOnlySpan<char> text)
    {
        if (text.Length % 4 == 1 || text.ContainsAnyExcept(Chars))
        {
            return false;
        }
        var spareBits = (text.Length % 4) switch { 2 => 0b1111, 3 => 0b11, _ => 0 };
        return spareBits == 0 || (Alphabet.IndexOf(text[^1], StringComparison.Ordinal) & spareBits) == 0;
    }

    /// <summary>Whether the text is the one spelling of exactly so many bytes.</summary>
    public static bool IsExact(ReadOnlySpan<char> text, int bytes) => text.Length == LengthOf(bytes) && IsExact(text);

    /// <summary>Decodes, or says no; never throws on any text.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = IsExact(text) ? Bcl.DecodeFromChars(text) : null;
        return bytes is not null;
    }

    /// <summary>Decodes into a span of exactly the right length, or says no.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> exactly) =>
        IsExact(text, exactly.Length) && Bcl.TryDecodeFromChars(text, exactly, out var written) && written == exactly.Length;
}

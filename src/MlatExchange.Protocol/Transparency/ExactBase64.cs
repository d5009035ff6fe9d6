namespace MlatExchange.Protocol.Transparency;

/// <summary>Standard padded Base64 (RFC 4648 section 4), one spelling per value: no white space, no spare bits.</summary>
internal static class ExactBase64
{
    internal static bool TryRead(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
        {
            return false;
        }
        bytes = bytes[..length];
        return Convert.ToBase64String(bytes) == text;
    }
}

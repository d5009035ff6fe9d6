namespace MlatExchange.Node.Http;

/// <summary>Codes in kebab case, as bodies may state them.</summary>
public static class Slugs
{
    public static bool Is(string text) => text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}

using System.Globalization;
using System.Resources;

namespace MlatExchange.Node.Pages;

/// <summary>
/// Texts of the pages in the reader's language, from the resource files <c>Words.resx</c> (what codes mean, in English) and <c>Words.fr.resx</c>. A sentence is looked up by its English words.
/// </summary>
public static class Words
{
    private static readonly ResourceManager Resources = new("MlatExchange.Node.Pages.Words", typeof(Words).Assembly);

    /// <summary>The sentence in the reader's language; itself where nobody has translated it.</summary>
    public static string T(string english) => Resources.GetString(english, CultureInfo.CurrentUICulture) ?? english;

    /// <summary>With values put in, which the page encodes like everything else.</summary>
    public static string T(string english, params object[] values) => string.Format(CultureInfo.InvariantCulture, T(english), values);

    /// <summary>What a code means, such as state <c>sent</c>; the code itself in words where the file has none.</summary>
    public static string Code(string kind, string code) => code.Length == 0 ? "" : Resources.GetString($"{kind}.{code}", CultureInfo.CurrentUICulture) ?? Plain(code);

    /// <summary>Whether the file says what the code means.</summary>
    public static bool Knows(string kind, string code) => Resources.GetString($"{kind}.{code}", CultureInfo.CurrentUICulture) is not null;

    private static string Plain(string code)
    {
        var words = code.Replace('-', ' ').Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}

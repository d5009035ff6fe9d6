using System.Text.RegularExpressions;

namespace MlatExchange.Protocol.Trust;

/// <summary>The forms of names in trust lists. All are compared as exact strings, so each has one spelling.</summary>
internal static partial class TrustNames
{
    /// <summary>31 December 9999, in seconds since 1970.</summary>
    public const long LastSecond = 253402300799;

    /// <summary>Two capital letters (ISO 3166-1 alpha-2).</summary>
    public static bool IsJurisdiction(string text) => Jurisdiction().IsMatch(text);

    /// <summary><c>https://</c> and a host name in lower case; no port, path, query or final slash.</summary>
    public static bool IsEntity(string text) => text.Length <= 200 && Entity().IsMatch(text);

    /// <summary>A host name of at least two labels in lower case.</summary>
    public static bool IsDomain(string text) => IsEntity("https://" + text);

    /// <summary>Whether an entity id is of this domain or below it.</summary>
    public static bool IsWithin(string entity, string domain) =>
        entity == "https://" + domain || entity.EndsWith("." + domain, StringComparison.Ordinal);

    /// <summary>Lower-case words joined by single hyphens.</summary>
    public static bool IsCode(string text) => text.Length <= 64 && Code().IsMatch(text);

    /// <summary>A code, or two joined by a colon.</summary>
    public static bool IsTrustMark(string text) => text.Length <= 130 && TrustMark().IsMatch(text);

    /// <summary>A log origin (C2SP tlog-checkpoint): a name without scheme, spaces or plus signs.</summary>
    public static bool IsLogOrigin(string text) => text.Length <= 200 && LogOrigin().IsMatch(text);

    /// <summary>An absolute http or https address without user, query or fragment.</summary>
    public static bool IsBaseUrl(string text) => text.Length <= 300 && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0;

    [GeneratedRegex(@"^[A-Z]{2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Jurisdiction();

    [GeneratedRegex(@"^https://[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Entity();

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Code();

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*(:[a-z0-9]+(-[a-z0-9]+)*)?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex TrustMark();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.:/-]*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex LogOrigin();
}

using System.Text.RegularExpressions;
using MlatExchange.Domain.Jurisdictions;

namespace MlatExchange.Domain;

/// <summary>A fixed form of text, with the rule a text of another form breaks.</summary>
internal sealed partial record Form(string Rule, string Sentence, Func<string, bool> Accepts)
{
    /// <summary>ISO 3166-1 alpha-2.</summary>
    public static readonly Form Jurisdiction = new("unknown-code", "A jurisdiction is two capital letters (ISO 3166-1 alpha-2).", s => TwoLetters().IsMatch(s));

    /// <summary>A jurisdiction, or <c>unknown</c> where an official may not know.</summary>
    public static readonly Form Place = new(
        "unknown-code", "A jurisdiction is two capital letters (ISO 3166-1 alpha-2); unknown where it is not known.", s => s == "unknown" || TwoLetters().IsMatch(s));

    /// <summary>An authority's code in its jurisdiction's trust list.</summary>
    public static readonly Form Authority = new("unknown-code", "An authority's code is 1 to 64 of a-z, 0-9 and hyphen.", s => AuthorityCode().IsMatch(s));

    /// <summary>A reference of a person or item inside one request; also the name of the disclosure and of the evidence item.</summary>
    public static readonly Form Reference = new("malformed-reference", "A reference is 1 to 32 of a-z, 0-9 and hyphen.", s => RefCode().IsMatch(s));

    public static readonly Form Instrument = new("unknown-code", "This is not a known instrument.", Instruments.Known);

    public static readonly Form BasisInstrument = new(
        "unknown-code", "A legal basis is a known instrument, or national law.", s => s == Instruments.National || Instruments.Known(s));

    /// <summary>BCP 47, primary language with optional script and region.</summary>
    public static readonly Form Language = new("unknown-code", "A language is a BCP 47 tag such as en or fr-BE.", s => Bcp47().IsMatch(s));

    /// <summary>A directive and one of its articles; <c>unknown</c> where it is not known.</summary>
    public static readonly Form Directive = new(
        "unknown-code", "A directive is written like 2011/93 Art 5; null where none applies.", s => s == "unknown" || DirectiveArticle().IsMatch(s));

    /// <summary>A data category in another scheme: two capital letters, colon, slug.</summary>
    public static readonly Form CategoryLabel = new(
        "unknown-code", "A category of another scheme is written like BC:traffic-data or XA:stored-data.", s => SchemeAndLabel().IsMatch(s));

    public static readonly Form DirectiveNumber = new("malformed-text", "A directive is written like 2011/93.", s => NumberOfDirective().IsMatch(s));

    public static readonly Form BirthDate = new("malformed-date", "A day is written yyyy-MM-dd.", s => DateOnly.TryParseExact(s, "yyyy-MM-dd", out _));

    /// <summary>A term inside a condition: ISO 8601, whole days, weeks or months.</summary>
    public static readonly Form Duration = new("malformed-value", "A term is written like P90D, P2W or P6M.", s => Iso8601Duration().IsMatch(s));

    /// <summary>A day inside a condition.</summary>
    public static readonly Form Day = new("malformed-value", "A day is written yyyy-MM-dd.", s => DateOnly.TryParseExact(s, "yyyy-MM-dd", out _));

    /// <summary>A slug of a rule or pack.</summary>
    public static readonly Form Slug = new("malformed-slug", "A slug is 1 to 64 of a-z, 0-9 and hyphen.", s => AuthorityCode().IsMatch(s));

    /// <summary>Id and version of a pack, such as <c>eev@1</c>.</summary>
    public static readonly Form PackName = new("malformed-text", "A rule pack is named like eev@1.", s => IdAndVersion().IsMatch(s));

    /// <summary>A digest as printed everywhere.</summary>
    public static readonly Form Digest = new("malformed-text", "A digest is sha-256: and 43 characters of base64url.", s => PrintedDigest().IsMatch(s));

    /// <summary>An article as printed; control characters could hide what a lawyer reads.</summary>
    public static Form Printed(int longest) => new(
        "malformed-text", $"1 to {longest} printable characters are expected.", s => s.Length <= longest && !string.IsNullOrWhiteSpace(s) && !s.Any(char.IsControl));

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,63}@[1-9][0-9]{0,3}\\z")]
    private static partial Regex IdAndVersion();

    [GeneratedRegex("^sha-256:[A-Za-z0-9_-]{43}\\z")]
    private static partial Regex PrintedDigest();

    [GeneratedRegex("^[A-Z]{2}\\z")]
    private static partial Regex TwoLetters();

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,63}\\z")]
    private static partial Regex AuthorityCode();

    [GeneratedRegex("^[A-Z]{2}:[a-z0-9][a-z0-9-]{0,39}\\z")]
    private static partial Regex SchemeAndLabel();

    [GeneratedRegex("^P[1-9][0-9]{0,3}[DWM]\\z")]
    private static partial Regex Iso8601Duration();

    [GeneratedRegex("^[a-z0-9-]{1,32}\\z")]
    private static partial Regex RefCode();

    [GeneratedRegex("^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?\\z")]
    private static partial Regex Bcp47();

    [GeneratedRegex("^[0-9]{4}/[0-9]{1,4}\\z")]
    private static partial Regex NumberOfDirective();

    [GeneratedRegex("^[0-9]{4}/[0-9]{1,4} Art [0-9]{1,3}\\z")]
    private static partial Regex DirectiveArticle();
}

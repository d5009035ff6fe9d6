using System.Globalization;
using System.Text.RegularExpressions;
using MlatExchange.Protocol.Jose;
using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Messages;

/// <summary>Shapes that several payloads share.</summary>
public static partial class Shapes
{
    /// <summary>Entity identifier of a node, authority or oversight body: an https URL in lower case without query.</summary>
    public static readonly Shape Entity = Form("entity identifier (https URL)", EntityForm());

    /// <summary>ISO 3166-1 alpha-2, or a user-assigned code.</summary>
    public static readonly Shape Jurisdiction = Form("jurisdiction code (two capitals)", JurisdictionForm());

    /// <summary>An authority's code in its jurisdiction's trust list.</summary>
    public static readonly Shape Authority = Form("authority code", SlugForm());

    /// <summary>A code in kebab case.</summary>
    public static readonly Shape Slug = Form("code in kebab case", SlugForm());

    /// <summary>A code of an instrument, form or table, such as <c>EEV</c>, <c>BILATERAL:XA-XC</c> or <c>IPV_6</c>.</summary>
    public static readonly Shape Code = Form("code", CodeForm());

    /// <summary>An item's or a person's reference inside a request or an offer.</summary>
    public static readonly Shape Ref = Form("reference of 1 to 32 of a-z, 0-9 and hyphen", RefForm());

    /// <summary>BCP 47 language tag.</summary>
    public static readonly Shape Language = Form("BCP 47 language tag", LanguageForm());

    /// <summary>128 random bits.</summary>
    public static readonly Shape Id = new Token("128 bits as 22 characters of base64url", "^[A-Za-z0-9_-]{21}[AQgw]$", text => WireId.Is(text));

    /// <summary>32 bytes: a key's thumbprint (RFC 7638), a disclosure's digest, a curve coordinate.</summary>
    public static readonly Shape Bytes32 =
        new Token("32 bytes as 43 characters of base64url", "^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$", text => Base64Url.IsExact(text, 32));

    /// <summary>A SHA-256 digest in wire form.</summary>
    public static readonly Shape Digest = new Token(
        "sha-256:<43 characters of base64url>",
        "^sha-256:[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$",
        text => Jose.Digest.TryParse(text, out _));

    /// <summary>RFC 3339, UTC, milliseconds.</summary>
    public static readonly Shape Time = new Token(
        "time as yyyy-MM-ddTHH:mm:ss.fffZ", @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", text => WireTime.TryParse(text, out _));

    /// <summary>A calendar day.</summary>
    public static readonly Shape Date = new Token(
        "date as yyyy-MM-dd", @"^\d{4}-\d\d-\d\d$", text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));

    /// <summary>A legal act named by its identifier and its digest: both must agree, so that no act can be swapped for another with the same identifier.</summary>
    public static readonly Shape.Struct ActRef = new(Must("act", Id), Must("digest", Digest));

    /// <summary>Values shown only to those who must see them (RFC 9901): digests of disclosures and decoys, a power of two from 4 to 256.</summary>
    public static readonly Shape.Struct Selective = new(Must("_sd", new List(Bytes32, 4, 256)));

    /// <summary>Retention terms: days are calendar days from the trigger.</summary>
    public static readonly Shape.Struct Retention = new(
        Must("maximumDays", new Whole(1, 36_525)),
        Must("trigger", Slug),
        May("reviewEveryDays", new OrNull(new Whole(1, 36_525))),
        Must("disposal", Slug),
        Must("legalReference", new Text(200)));

    /// <summary>A condition on use set per item; its value, if any, is a disclosure because it may identify a case.</summary>
    public static readonly Shape.Struct ItemCondition = new(Must("type", Code), Must("valueGiven", new Flag()));

    /// <summary>A rule pack applied: which, to which inputs, and what it came to.</summary>
    public static readonly Shape.Struct Assessment = new(
        Must("rulePack", Code),
        Must("packDigest", Digest),
        Must("inputsDigest", Digest),
        Must("outcome", new OneOf("pass", "flag", "block")),
        Must("findings", new List(
            new Shape.Struct(Must("rule", Slug), Must("outcome", new OneOf("pass", "flag", "block")), Must("items", Refs(0))), 0, 500)),
        Must("overrides", new List(Slug, 0, 50)));

    /// <summary>A public key on P-256 as a JWK with exactly these members.</summary>
    public static readonly Shape.Struct P256Key = new(
        Must("kty", new OneOf("EC")), Must("crv", new OneOf("P-256")), Must("x", Bytes32), Must("y", Bytes32));

    /// <summary>A list of item references.</summary>
    public static Shape Refs(int min) => new List(Ref, min, 200);

    private static Token Form(string name, Regex form) => new(name, form.ToString().Replace("\\z", "$", StringComparison.Ordinal), form.IsMatch);

    [GeneratedRegex(@"^https://[a-z0-9]([a-z0-9.-]{0,126}[a-z0-9])?(:[0-9]{1,5})?(/[a-z0-9/-]{0,64})?\z")]
    private static partial Regex EntityForm();

    [GeneratedRegex(@"^[A-Z]{2}\z")]
    private static partial Regex JurisdictionForm();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,63}\z")]
    private static partial Regex SlugForm();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9:._@/-]{0,63}\z")]
    private static partial Regex CodeForm();

    [GeneratedRegex(@"^[a-z0-9-]{1,32}\z")]
    private static partial Regex RefForm();

    [GeneratedRegex(@"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}\z")]
    private static partial Regex LanguageForm();
}

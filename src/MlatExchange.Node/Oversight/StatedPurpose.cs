using System.Globalization;
using System.Text;
using MlatExchange.Domain.Oversight;
using MlatExchange.Node.Http;

namespace MlatExchange.Node.Oversight;

/// <summary>Why a query is made: declared with it, or a consultation opened before. Exactly one of the two.</summary>
/// <param name="Consultation">Id of the consultation opened before; null where the query declares its own purpose.</param>
public sealed record StatedPurpose(Guid? Consultation, PurposeCode? Purpose, string? Justification)
{
    public const string PurposeHeader = "Purpose-Code", JustificationHeader = "Justification", ConsultationHeader = "Consultation";

    /// <summary>Longest justification, in characters (Unicode code points).</summary>
    public const int Longest = 500;

    /// <summary>Reads the headers; 400 naming the header where the purpose is missing, unknown or not readable.</summary>
    public static (StatedPurpose? Purpose, IResult? Refused) Read(IHeaderDictionary headers)
    {
        var (code, text, consultation) = (headers[PurposeHeader], headers[JustificationHeader], headers[ConsultationHeader]);
        if (consultation.Count > 0)
        {
            if (code.Count > 0 || text.Count > 0) return Refuse("purpose-twice", $"Give {ConsultationHeader}, or {PurposeHeader} with {JustificationHeader}; not both.");
            return consultation is [{ Length: 36 } id] && Guid.TryParseExact(id, "D", out var known) ? (new(known, null, null), null) : Refuse("unknown-consultation", $"{ConsultationHeader} is the id of an opened consultation.");
        }
        if (code.Count == 0) return Refuse(OversightRules.PurposeFirst.Slug, $"{PurposeHeader} and {JustificationHeader} are missing, or {ConsultationHeader} in their place.");
        if (code is not [{ } stated] || Purposes.Parse(stated) is not { } purpose) return Refuse("unknown-purpose", $"{PurposeHeader} is one of {string.Join(", ", Purposes.Codes)}.");
        return text is [{ } encoded] && Decode(encoded) is { } justification && Fits(justification)
            ? (new(null, purpose, justification), null)
            : Refuse("justification-missing", $"{JustificationHeader} is percent-encoded UTF-8 of 1 to 500 characters.");
    }

    /// <summary>Whether a justification says something and is not too long.</summary>
    public static bool Fits(string? justification) => !string.IsNullOrWhiteSpace(justification) && justification.EnumerateRunes().Count() <= Longest;

    private static (StatedPurpose? Purpose, IResult? Refused) Refuse(string slug, string detail) =>
        (null, Problem.Of(StatusCodes.Status400BadRequest, slug, detail, OversightRules.PurposeFirst.Source));

    // Strict: every per cent sign begins a byte, and the bytes are UTF-8. Null otherwise.
    private static string? Decode(string encoded)
    {
        var bytes = new List<byte>(encoded.Length);
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] is < ' ' or > '~') return null;
            if (encoded[i] != '%')
            {
                bytes.Add((byte)encoded[i]);
                continue;
            }
            if (i + 2 >= encoded.Length || !byte.TryParse(encoded.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) return null;
            bytes.Add(value);
            i += 2;
        }
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}

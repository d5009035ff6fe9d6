using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Unicode;
using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Requests;

public sealed partial record RequestContent
{
    /// <summary>Members an identity may have (EIO Annex A, section E; EPOC section E): each a text.</summary>
    public static readonly FrozenSet<string> IdentityMembers = new[]
    {
        "name", "firstNames", "otherNames", "aliases", "sex", "nationality", "identityNumber", "documentType", "documentNumber",
        "birthDate", "birthPlace", "address", "languages",
    }.ToFrozenSet(StringComparer.Ordinal);

    private const int LongestDocument = 256 * 1024;

    /// <summary>
    /// Reads what <c>POST /api/requests</c> receives. An optional member left out means that the official declares there is none; a member
    /// nobody knows is refused. All faults are collected.
    /// </summary>
    /// <param name="utf8">The body, at most 256 KiB.</param>
    /// <param name="jurisdiction">The node's own jurisdiction: the issuer must be of it, the addressee of another.</param>
    public static Reading<RequestContent> Parse(ReadOnlyMemory<byte> utf8, string jurisdiction)
    {
        if (utf8.Length > LongestDocument)
            return new(null, [new("", "too-long", "A request is at most 256 KiB.")]);
        if (!Utf8.IsValid(utf8.Span))
            return new(null, [new("", "malformed-json", "A request is UTF-8.")]);
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 32 });
            return Read(document.RootElement, jurisdiction);
        }
        catch (JsonException)
        {
            // The exception's text quotes what was entered, so it is not passed on.
            return new(null, [new("", "malformed-json", "This is not a JSON document.")]);
        }
    }

    private static Reading<RequestContent> Read(JsonElement request, string jurisdiction)
    {
        var faults = new List<MemberFault>();
        var root = new StrictObject(request, "", faults, complete: false);
        if (!root.Present)
            return new(null, faults);
        var parts = new Parts(root);
        root.Close();
        FactsSections.Cross(root, parts.Facts);
        if (parts.Facts.Issuer.Jurisdiction is { Length: > 0 } own && own != jurisdiction)
            root.Fault("issuer/jurisdiction", "issuer-jurisdiction", "The issuer must be an authority of this node's jurisdiction.");
        if (parts.Facts.Addressee.Jurisdiction == jurisdiction && parts.Facts.Issuer.Jurisdiction != jurisdiction)
            root.Fault("addressee/jurisdiction", "own-jurisdiction", "A request for assistance goes to another jurisdiction.");
        return faults.Count > 0 ? new(null, faults) : new(parts.Content, faults);
    }
}

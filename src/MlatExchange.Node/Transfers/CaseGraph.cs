using System.Buffers.Text;
using System.Globalization;
using System.Text.Json.Nodes;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Transfers;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Transfers;

/// <summary>
/// A chain of custody as CASE/UCO 1.4 in JSON-LD: an InvestigativeAction and a ProvenanceRecord for each act, markings for handling and conditions, officials by pseudonym. It holds no name, and
/// its context stands in it, so that a reader needs no network. Profile: contracts/evidence/custody-case.md.
/// </summary>
/// <param name="own">The jurisdiction whose node tells it.</param>
/// <param name="basis">The legal basis of the request: what the acts of nodes rest on.</param>
public sealed class CaseGraph(TransferUse use, IReadOnlyList<ShownLink> chain, string own, string basis)
{
    private const string Case = "case-investigation:", Action = "uco-action:", Core = "uco-core:", Observable = "uco-observable:", Marking = "uco-marking:";

    private readonly Dictionary<string, JsonObject> nodes = new(StringComparer.Ordinal);

    public JsonObject ToJson()
    {
        foreach (var item in use.Items) Item(item);
        var records = chain.Where(shown => shown.Link.Ref is not null).Select(Act).ToList();
        Add("Investigation", use.Transfer, Case + "Investigation", (Core + "object", Refs(records)), (Case + "relevantAuthorization", Refs(nodes.Keys.Where(id => id.StartsWith("kb:authorization-", StringComparison.Ordinal)))));
        var all = nodes.Keys.Where(id => !IsPart(id)).ToList();
        Add("Bundle", use.Transfer, Core + "Bundle", (Core + "specVersion", "1.4.0"), (Core + "object", Refs(all)));
        return new()
        {
            ["@context"] = new JsonObject
            {
                ["kb"] = "urn:mlat-exchange:custody:",
                ["case-investigation"] = "https://ontology.caseontology.org/case/investigation/",
                ["uco-action"] = "https://ontology.unifiedcyberontology.org/uco/action/",
                ["uco-core"] = "https://ontology.unifiedcyberontology.org/uco/core/",
                ["uco-identity"] = "https://ontology.unifiedcyberontology.org/uco/identity/",
                ["uco-location"] = "https://ontology.unifiedcyberontology.org/uco/location/",
                ["uco-marking"] = "https://ontology.unifiedcyberontology.org/uco/marking/",
                ["uco-observable"] = "https://ontology.unifiedcyberontology.org/uco/observable/",
                ["uco-tool"] = "https://ontology.unifiedcyberontology.org/uco/tool/",
                ["xsd"] = "http://www.w3.org/2001/XMLSchema#",
            },
            ["@graph"] = new JsonArray([.. nodes.Values]),
        };
    }

    private void Item(EvidenceItem item)
    {
        var facet = Add("Facet", item.Digest, Observable + "ContentDataFacet", (Observable + "isEncrypted", true), (Observable + "mimeType", item.MediaType), (Observable + "sizeInBytes", Typed("integer", item.Size.ToString(CultureInfo.InvariantCulture))));
        Add("Item", ItemKey(item.Ref), Observable + "ObservableObject", (Core + "hasFacet", Ref(facet)), (Core + "externalReference", Ref(Known("mlat-item-digest", item.Digest))), (Core + "objectMarking", Refs(Markings(item))));
    }

    /// <returns>The provenance record of an act.</returns>
    private string Act(ShownLink shown)
    {
        var (link, told) = (shown.Link, shown.Link.Told);
        var record = shown.Signed is { } text && CustodyRecord.TryRead(text, out var read) ? read : null;
        var item = use.Item(link.Ref!)!;
        var before = chain.FirstOrDefault(other => other.Link.Ref == link.Ref && other.Link.Record == link.Previous)?.Link;
        var law = told?.Basis ?? basis;
        Add("Authorization", law, Case + "Authorization", (Case + "authorizationType", "legal-basis"), (Case + "authorizationIdentifier", law));
        var done = Typed("dateTime", Instant(told?.DoneAt ?? link.At));
        var act = Add(
            "Action", Key(link), Case + "InvestigativeAction", (Core + "name", EnumCode.Of(link.Act)), (Action + "startTime", done), (Action + "endTime", done.DeepClone()), (Action + "performer", Ref(Performer(link.By))),
            (Action + "instrument", Ref(Tool(told?.Tool ?? "mlat-node/1"))), (Action + "location", Ref(Place(told?.Place ?? own))), (Action + "object", Ref(IdOf("Item", ItemKey(item.Ref)))),
            (Action + "result", Ref(IdOf("Provenance", Key(link)))), (Core + "externalReference", Refs(Said(link, law))), (Case + "wasInformedBy", before is null ? null : Ref(IdOf("Action", Key(before)))));
        return Add(
            "Provenance", Key(link), Case + "ProvenanceRecord", (Case + "exhibitNumber", record?.Exhibit ?? Exhibit(item.Ref)), (Case + "rootExhibitNumber", Exhibit(item.Ref)),
            (Core + "object", Refs([act, IdOf("Item", ItemKey(item.Ref))])), (Core + "objectCreatedTime", Typed("dateTime", Instant(link.At))), (Core + "objectMarking", Refs(Markings(item))),
            (Core + "externalReference", Ref(Known("mlat-custody-record", link.Record))), (Case + "wasDerivedFrom", before is null ? null : Ref(IdOf("Provenance", Key(before)))));
    }

    private IEnumerable<string> Said(CustodyLink link, string law)
    {
        yield return Known("legal-basis", law);
        yield return Known("mlat-copy", link.Copy);
        if (link.Previous is { } previous) yield return Known("mlat-custody-record-before", previous);
        if (link.Told?.Purpose is { } purpose) yield return Known("mlat-purpose", purpose);
        if (link.Told?.To is { } to) yield return Known("mlat-recipient", to.Authority is null ? to.Jurisdiction : $"{to.Jurisdiction}/{to.Authority}");
    }

    /// <summary>An official by pseudonym, role and authority; a node by its jurisdiction.</summary>
    private string Performer(Official? by) => by is null
        ? Add("Organization", own, "uco-identity:Organization", (Core + "externalReference", Ref(Known("jurisdiction", own))), (Core + "tag", "node"))
        : Add("Identity", $"{by.Id.Value} {by.Role}", "uco-identity:Identity", (Core + "externalReference", Refs([Known("pseudonym-of-the-case", by.Id.Value), Known("authority", by.Authority)])), (Core + "tag", by.Role));

    private string Tool(string tool) => Add("Tool", tool, "uco-tool:Tool", (Core + "name", tool.Split('/')[0]), ("uco-tool:version", tool.Split('/')[^1]));

    private string Place(string place) => Add("Location", place, "uco-location:Location", (Core + "hasFacet", Ref(Add(
        "Facet", $"place {place}", "uco-location:SimpleAddressFacet", ("uco-location:country", place[..2]), ("uco-location:region", place.Length > 2 ? place : null)))));

    private IEnumerable<string> Markings(EvidenceItem item) =>
    [
        Statement($"handling: {item.Handling}"), Statement($"data category: {item.DataCategory}; persons: {item.SubjectCategory} (LED 6)"),
        .. item.Conditions.Select(type => Statement($"{type}: {ConditionTypes.Of(type)?.En ?? type}")),
    ];

    private string Statement(string text) => Add("Marking", text, Marking + "MarkingDefinition", (Marking + "definitionType", "statement"), (Marking + "definition", Ref(Add(
        "Statement", text, Marking + "StatementMarking", (Marking + "definitionType", "statement"), (Marking + "statement", text)))));

    private string Known(string context, string identifier) =>
        Add("Reference", $"{context} {identifier}", Core + "ExternalReference", (Core + "definingContext", context), (Core + "externalIdentifier", identifier));

    private string Exhibit(string item) => chain.Where(shown => shown.Link.Ref == item && shown.Signed is not null)
        .Select(shown => CustodyRecord.TryRead(shown.Signed!, out var record) ? record.Exhibit : null).FirstOrDefault(exhibit => exhibit is not null) ?? $"{use.Transfer}/{item}";

    private string Add(string kind, string key, string type, params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var id = IdOf(kind, key);
        if (nodes.ContainsKey(id)) return id;
        var node = new JsonObject { ["@id"] = id, ["@type"] = type };
        foreach (var (name, value) in members) if (value is not null) node[name] = value;
        nodes.Add(id, node);
        return id;
    }

    private string ItemKey(string item) => $"{use.Transfer}|{item}";

    private string Key(CustodyLink link) => $"{use.Transfer}|{link.Ref}|{link.Record}";

    /// <summary>The same thing has the same IRI in every export: it ends with a UUID of version 8 (RFC 9562) over what names it.</summary>
    private static string IdOf(string kind, string key)
    {
        var digest = Digests.OfBytes(System.Text.Encoding.UTF8.GetBytes($"{kind}|{key}"));
        var bytes = Base64Url.DecodeFromChars(digest.AsSpan("sha-256:".Length)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return $"kb:{kind.ToLowerInvariant()}-{new Guid(bytes, bigEndian: true)}";
    }

    private static bool IsPart(string id) => id.StartsWith("kb:facet-", StringComparison.Ordinal) || id.StartsWith("kb:reference-", StringComparison.Ordinal) || id.StartsWith("kb:statement-", StringComparison.Ordinal);

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static JsonObject Ref(string id) => new() { ["@id"] = id };

    private static JsonArray Refs(IEnumerable<string> ids) => new([.. ids.Distinct(StringComparer.Ordinal).Select(Ref)]);

    private static JsonObject Typed(string type, string value) => new() { ["@type"] = $"xsd:{type}", ["@value"] = value };
}

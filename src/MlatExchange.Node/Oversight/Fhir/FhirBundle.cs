using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlatExchange.Node.Oversight.Fhir;

/// <summary>
/// Writes a searchset. <c>identifier</c> is the query's id, <c>meta.tag</c> the checkpoint it was computed at. Written by hand so that the resources go through as
/// the bytes they were stored as, in both builds.
/// </summary>
internal static class FhirBundle
{
    // Only signs that JSON itself needs are escaped, as in the resources. Nothing here is put into a page.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="node">Whose addresses stand in it.</param>
    /// <param name="query">Id of the recorded query.</param>
    public static byte[] Write(FhirNode node, FhirSearch search, FhirPage page, Guid query)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer, Compact);
        json.WriteStartObject();
        json.WriteString("resourceType", "Bundle");
        if (page.Checkpoint is { } checkpoint)
        {
            json.WriteStartObject("meta");
            json.WriteStartArray("tag");
            Coding(json, "urn:mlat-exchange:code:checkpoint-size", $"{checkpoint.Size}");
            Coding(json, "urn:mlat-exchange:code:checkpoint-root", checkpoint.Root.ToString());
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteStartObject("identifier");
        json.WriteString("system", "urn:mlat-exchange:id:query");
        json.WriteString("value", query);
        json.WriteEndObject();
        json.WriteString("type", "searchset");
        if (page.Total is { } total) json.WriteNumber("total", total);
        json.WriteStartArray("link");
        Link(json, "self", Address(node, search, search.Given.GetValueOrDefault("_cursor")));
        if (!search.CountOnly) Link(json, "first", Address(node, search, null));
        if (page.Next is not null) Link(json, "next", Address(node, search, page.Next));
        json.WriteEndArray();
        if (page.Resources.Count > 0)
        {
            json.WriteStartArray("entry");
            foreach (var (id, resource) in page.Resources)
            {
                json.WriteStartObject();
                json.WriteString("fullUrl", $"{node.BaseUrl}/fhir/{search.Type}/{id}");
                json.WritePropertyName("resource");
                json.WriteRawValue(resource, skipInputValidation: true);
                json.WriteStartObject("search");
                json.WriteString("mode", "match");
                json.WriteEndObject();
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static string Address(FhirNode node, FhirSearch search, string? cursor)
    {
        var parameters = search.Given.Where(pair => pair.Key != "_cursor").SelectMany(pair => (pair.Key[0] == '_' && pair.Key != "_lastUpdated" ? [pair.Value] : pair.Value.Split('&')).Select(value => (pair.Key, Value: value)));
        if (cursor is not null) parameters = parameters.Append(("_cursor", cursor));
        return $"{node.BaseUrl}/fhir/{search.Type}?{string.Join('&', parameters.Select(pair => $"{Uri.EscapeDataString(pair.Item1)}={Uri.EscapeDataString(pair.Item2)}"))}".TrimEnd('?');
    }

    private static void Link(Utf8JsonWriter json, string relation, string url)
    {
        json.WriteStartObject();
        json.WriteString("relation", relation);
        json.WriteString("url", url);
        json.WriteEndObject();
    }

    private static void Coding(Utf8JsonWriter json, string system, string code)
    {
        json.WriteStartObject();
        json.WriteString("system", system);
        json.WriteString("code", code);
        json.WriteEndObject();
    }
}

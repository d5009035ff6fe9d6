using System.Text.Encodings.Web;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace MlatExchange.Node.Oversight.Fhir;

/// <summary>Resources as FHIR JSON (media type <c>application/fhir+json</c>), the same bytes whichever build wrote them.</summary>
public static class FhirJson
{
    public const string MediaType = "application/fhir+json";

    private static readonly FhirJsonPocoSerializer Serializer = new();

    // Only signs that JSON itself needs are escaped: the plus of a zone stays a plus. Nothing here is put into a page.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions Lines = Compact with { Indented = true, NewLine = "\n" };

    /// <param name="indented">One member a line, for people.</param>
    public static byte[] Write(Resource resource, bool indented = false)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, indented ? Lines : Compact)) Serializer.Serialize(resource, json);
        return bytes.ToArray();
    }
}

using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Messages;

/// <summary>How payloads are written and their bodies read. Unknown members are the shape's business, which has looked before a body is read.</summary>
internal static class PayloadJson
{
    /// <summary>Absent rather than null: optional members of payloads are left out.</summary>
    public static readonly JsonSerializerOptions Bodies = new(StrictJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static T Read<T>(JsonElement payload)
        where T : class
        => payload.Deserialize<T>(Bodies)!;

    /// <summary>Writes one object: core members by the caller, then the members of the body.</summary>
    /// <exception cref="ArgumentException">The result does not have the shape; what we would refuse we do not sign.</exception>
    public static byte[] Write(Shape.Struct shape, object? body, Action<Utf8JsonWriter> core, Action<Utf8JsonWriter> last)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            writer.WriteStartObject();
            core(writer);
            if (body is not null)
            {
                var members = body is JsonElement given ? given : JsonSerializer.SerializeToElement(body, body.GetType(), Bodies);
                foreach (var member in members.EnumerateObject())
                    member.WriteTo(writer);
            }

            last(writer);
            writer.WriteEndObject();
        }

        var bytes = buffer.WrittenSpan.ToArray();
        if (!StrictJson.TryParse(bytes, out var document, out var broken))
            throw new ArgumentException($"payload refused: {broken.Rule} at {broken.JsonPointer}");
        using (document)
        {
            var faults = shape.Check(document.RootElement);
            return faults.Count == 0
                ? bytes
                : throw new ArgumentException("payload refused: " + string.Join("; ", faults.Select(fault => $"{fault.JsonPointer} {fault.Rule}")));
        }
    }
}

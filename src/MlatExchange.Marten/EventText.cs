using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlatExchange.Marten;

/// <summary>
/// The body of an event as Marten carries it for the node: the JSON itself, under every alias. It is written and read as it stands, so that no member is lost
/// that this build does not know, and nothing is parsed twice.
/// </summary>
/// <param name="Json">UTF-8 JSON.</param>
[JsonConverter(typeof(AsItStands))]
public sealed record EventText(ReadOnlyMemory<byte> Json)
{
    // Not validated here: the server does that for every writer.
    private sealed class AsItStands : JsonConverter<EventText>
    {
        public override EventText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(JsonText.Of(ref reader));

        public override void Write(Utf8JsonWriter writer, EventText value, JsonSerializerOptions options) => writer.WriteRawValue(value.Json.Span, skipInputValidation: true);
    }
}

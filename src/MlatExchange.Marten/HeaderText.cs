using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlatExchange.Marten;

/// <summary>The headers of an event as they stand. Marten hands headers over as a dictionary; this one is empty and keeps the text, so that numbers keep their digits.</summary>
public sealed class HeaderText(ReadOnlyMemory<byte> json) : Dictionary<string, object>
{
    /// <summary>UTF-8 JSON object.</summary>
    public ReadOnlyMemory<byte> Json { get; } = json;

    /// <summary>Reads every dictionary of headers as text, and writes that text.</summary>
    public sealed class Converter : JsonConverter<Dictionary<string, object>>
    {
        /// <inheritdoc/>
        public override bool CanConvert(Type typeToConvert) => typeToConvert == typeof(Dictionary<string, object>) || typeToConvert == typeof(HeaderText);

        /// <inheritdoc/>
        public override Dictionary<string, object> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new HeaderText(JsonText.Of(ref reader));

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, Dictionary<string, object> value, JsonSerializerOptions options) =>
            writer.WriteRawValue(((HeaderText)value).Json.Span, skipInputValidation: true);
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlatExchange.Protocol.Jose;

/// <summary>Public keys in payloads: a strict JWK; one that cannot be imported makes the payload faulty at that member.</summary>
public sealed class EcPublicKeyJsonConverter : JsonConverter<EcPublicKey>
{
    /// <inheritdoc/>
    public override EcPublicKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var jwk = JsonDocument.ParseValue(ref reader);
        return EcPublicKey.TryImport(jwk.RootElement, out var key) ? key : throw new JsonException();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, EcPublicKey value, JsonSerializerOptions options) => writer.WriteRawValue(value.Jwk, skipInputValidation: true);
}

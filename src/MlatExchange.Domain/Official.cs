using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlatExchange.Domain;

/// <summary>
/// Pseudonym of an official, random per (case, counterpart, official). Opaque: two are the same person of one case exactly when the strings are equal.
/// The name behind it is in the vault, never here.
/// </summary>
[JsonConverter(typeof(OfficialIdAsString))]
public readonly record struct OfficialId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>Who did something, as far as events may say (LED 25(1)): pseudonym, the role it was done in, and the code of the authority in the trust list.</summary>
/// <param name="Role">Role code of the sign-in, such as <c>approver</c>; <c>node</c> where a timer acted and no person.</param>
/// <param name="Authority">Authority code in the own jurisdiction's trust list, such as <c>xa-prosecutor</c>.</param>
public sealed record Official(OfficialId Id, string Role, string Authority);

/// <summary>Writes the pseudonym as a plain JSON string.</summary>
public sealed class OfficialIdAsString : JsonConverter<OfficialId>
{
    public override OfficialId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? throw new JsonException("An official's pseudonym is a string."));

    public override void Write(Utf8JsonWriter writer, OfficialId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

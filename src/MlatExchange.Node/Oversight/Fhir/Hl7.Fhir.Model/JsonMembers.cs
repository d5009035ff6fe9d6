using System.Globalization;
using System.Text.Json;

namespace Hl7.Fhir.Model;

/// <summary>Members of a FHIR object as JSON: what is absent or empty is not written.</summary>
internal static class JsonMembers
{
    public static void Text(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    public static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string>? values)
    {
        if (values?.Any() != true) return;
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    /// <summary>An instant, with the zone as an offset and without zeros at the end of the fraction: as the package writes it.</summary>
    public static void Instant(this Utf8JsonWriter json, string name, DateTimeOffset? value) =>
        json.Text(name, value?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture));

    public static void Element(this Utf8JsonWriter json, string name, Base? element)
    {
        if (element is null) return;
        json.WritePropertyName(name);
        Value(json, element);
    }

    public static void Elements<T>(this Utf8JsonWriter json, string name, List<T>? elements)
        where T : Base
    {
        if (elements is not { Count: > 0 }) return;
        json.WriteStartArray(name);
        foreach (var element in elements) Value(json, element);
        json.WriteEndArray();
    }

    /// <summary>A member of more than one type, whose name ends in the type.</summary>
    public static void Choice(this Utf8JsonWriter json, string name, DataType? value) => json.Element(name + value?.TypeName, value);

    private static void Value(Utf8JsonWriter json, Base element)
    {
        if (element is PrimitiveType primitive)
        {
            if (primitive.Extension is { Count: > 0 }) throw new NotSupportedException("Extensions of a primitive value are not written here.");
            primitive.WriteValue(json);
            return;
        }
        json.WriteStartObject();
        element.Write(json);
        json.WriteEndObject();
    }
}

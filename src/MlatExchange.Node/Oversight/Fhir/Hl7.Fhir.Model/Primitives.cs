using System.Text.Json;

namespace Hl7.Fhir.Model;

/// <summary>A type whose JSON is a value and not an object.</summary>
public abstract class PrimitiveType : DataType
{
    internal abstract void WriteValue(Utf8JsonWriter json);
}

/// <summary>Text.</summary>
public sealed class FhirString(string? value) : PrimitiveType
{
    public string? Value { get; } = value;

    internal override string TypeName => "String";

    internal override void WriteValue(Utf8JsonWriter json) => json.WriteStringValue(Value);
}

/// <summary>A whole number.</summary>
public sealed class Integer(int? value) : PrimitiveType
{
    public int? Value { get; } = value;

    internal override string TypeName => "Integer";

    internal override void WriteValue(Utf8JsonWriter json) => json.WriteNumberValue(Value!.Value);
}

/// <summary>A day or an instant with its zone, as given.</summary>
public sealed class FhirDateTime(string? value) : PrimitiveType
{
    public string? Value { get; } = value;

    internal override string TypeName => "DateTime";

    internal override void WriteValue(Utf8JsonWriter json) => json.WriteStringValue(Value);
}

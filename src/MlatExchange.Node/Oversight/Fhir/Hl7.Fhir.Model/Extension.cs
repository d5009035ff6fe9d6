using System.Text.Json;

namespace Hl7.Fhir.Model;

/// <summary>A member that FHIR itself does not have; either a value or further extensions.</summary>
public sealed class Extension : DataType
{
    public Extension()
    {
    }

    public Extension(string url, DataType value) => (Url, Value) = (url, value);

    /// <summary>Names its definition; inside another extension just the name of the part.</summary>
    public string? Url { get; set; }

    public DataType? Value { get; set; }

    internal override string TypeName => "Extension";

    internal override void Write(Utf8JsonWriter json)
    {
        base.Write(json);
        json.Text("url", Url);
        json.Choice("value", Value);
    }
}

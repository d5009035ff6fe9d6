using System.Text.Json;
using Hl7.Fhir.Model;

namespace Hl7.Fhir.Serialization;

/// <summary>Writes resources as FHIR JSON.</summary>
public sealed class FhirJsonPocoSerializer
{
    /// <summary>One object; nothing is validated.</summary>
#pragma warning disable CA1822 // an instance member in the package
    public void Serialize(Resource members, Utf8JsonWriter writer)
#pragma warning restore CA1822
    {
        writer.WriteStartObject();
        members.Write(writer);
        writer.WriteEndObject();
    }
}

using System.Text.Json;

namespace Hl7.Fhir.Model;

/// <summary>
/// Anything of FHIR R4. This folder holds the members of the package Hl7.Fhir.R4 that the mapping uses, under the same names and with the same JSON, for
/// builds without that package; a build with <c>UseFirely=true</c> leaves it out.
/// </summary>
public abstract class Base
{
    /// <summary>Writes the members in the order of the FHIR definition, absent and empty ones left out.</summary>
    internal abstract void Write(Utf8JsonWriter json);
}

/// <summary>A part of a resource.</summary>
public abstract class Element : Base
{
    public List<Extension>? Extension { get; set; }

    internal override void Write(Utf8JsonWriter json) => json.Elements("extension", Extension);
}

/// <summary>A part that only one kind of resource has.</summary>
public abstract class BackboneElement : Element;

/// <summary>A type that an element or an extension can have.</summary>
public abstract class DataType : Element
{
    /// <summary>Name of the type as it ends the name of an element of more than one type, such as <c>valueCoding</c>.</summary>
    internal abstract string TypeName { get; }
}

/// <summary>A resource, which has an address.</summary>
public abstract class Resource : Base
{
    /// <summary>Letters, digits, hyphens and dots, at most 64.</summary>
    public string? Id { get; set; }

    public Meta? Meta { get; set; }

    /// <summary>Name of the kind of resource.</summary>
    internal abstract string TypeName { get; }

    internal override void Write(Utf8JsonWriter json)
    {
        json.Text("resourceType", TypeName);
        json.Text("id", Id);
        json.Element("meta", Meta);
    }
}

/// <summary>A resource that can be extended.</summary>
public abstract class DomainResource : Resource
{
    public List<Extension>? Extension { get; set; }

    internal override void Write(Utf8JsonWriter json)
    {
        base.Write(json);
        json.Elements("extension", Extension);
    }
}

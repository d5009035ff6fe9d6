using System.Text.Json;

namespace Hl7.Fhir.Model;

/// <summary>A code and the system that defines it.</summary>
public sealed class Coding(string? system, string? code) : DataType
{
    public string? System { get; } = system;

    public string? Code { get; } = code;

    internal override string TypeName => "Coding";

    internal override void Write(Utf8JsonWriter json)
    {
        base.Write(json);
        json.Text("system", System);
        json.Text("code", Code);
    }
}

/// <summary>One meaning in the codes of one or more systems.</summary>
public sealed class CodeableConcept : DataType
{
    public List<Coding>? Coding { get; set; }

    internal override string TypeName => "CodeableConcept";

    internal override void Write(Utf8JsonWriter json)
    {
        base.Write(json);
        json.Elements("coding", Coding);
    }
}

/// <summary>A value that is unique in its system.</summary>
public sealed class Identifier(string? system, string? value) : DataType
{
    public string? System { get; } = system;

    public string? Value { get; } = value;

    internal override string TypeName => "Identifier";

    internal override void Write(Utf8JsonWriter json)
    {
        base.Write(json);
        json.Text("system", System);
        json.Text("value", Value);
    }
}

/// <summary>Points at something by its identifier: what is meant here is no resource that could be fetched.</summary>
public sealed class ResourceReference : DataType
{
    /// <summary>Kind of resource that it would be.</summary>
    public string? Type { get; set; }

    public Identifier? Identifier { get; set; }

    internal override string TypeName => "Reference";

    internal override void Write(Utf8JsonWriter json)
    {
        base.Write(json);
        json.Text("type", Type);
        json.Element("identifier", Identifier);
    }
}

/// <summary>What is said of the resource itself.</summary>
public sealed class Meta : DataType
{
    /// <summary>Profiles that it conforms to.</summary>
    public IEnumerable<string>? Profile { get; set; }

    internal override string TypeName => "Meta";

    internal override void Write(Utf8JsonWriter json)
    {
        base.Write(json);
        json.Texts("profile", Profile);
    }
}

using System.Text.Json;

namespace Hl7.Fhir.Model;

/// <summary>How something came about and through whose hands it went.</summary>
public sealed class Provenance : DomainResource
{
    /// <summary>What an entity was to the activity.</summary>
    public enum ProvenanceEntityRole
    {
        Source,
        Removal,
    }

    public List<ResourceReference>? Target { get; set; }

    public DataType? Occurred { get; set; }

    public DateTimeOffset? Recorded { get; set; }

    /// <summary>What allowed it, URIs.</summary>
    public IEnumerable<string>? Policy { get; set; }

    public List<CodeableConcept>? Reason { get; set; }

    public CodeableConcept? Activity { get; set; }

    public List<AgentComponent>? Agent { get; set; }

    public List<EntityComponent>? Entity { get; set; }

    internal override string TypeName => "Provenance";

    internal override void Write(Utf8JsonWriter json)
    {
        base.Write(json);
        json.Elements("target", Target);
        json.Choice("occurred", Occurred);
        json.Instant("recorded", Recorded);
        json.Texts("policy", Policy);
        json.Elements("reason", Reason);
        json.Element("activity", Activity);
        json.Elements("agent", Agent);
        json.Elements("entity", Entity);
    }

    /// <summary>Who or what took part.</summary>
    public sealed class AgentComponent : BackboneElement
    {
        public CodeableConcept? Type { get; set; }

        public List<CodeableConcept>? Role { get; set; }

        public ResourceReference? Who { get; set; }

        public ResourceReference? OnBehalfOf { get; set; }

        internal override void Write(Utf8JsonWriter json)
        {
            base.Write(json);
            json.Element("type", Type);
            json.Elements("role", Role);
            json.Element("who", Who);
            json.Element("onBehalfOf", OnBehalfOf);
        }
    }

    /// <summary>What the activity used or removed.</summary>
    public sealed class EntityComponent : BackboneElement
    {
        public ProvenanceEntityRole? Role { get; set; }

        public ResourceReference? What { get; set; }

        internal override void Write(Utf8JsonWriter json)
        {
            base.Write(json);
            json.Text("role", Role?.ToString().ToLowerInvariant());
            json.Element("what", What);
        }
    }
}

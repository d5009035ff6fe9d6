using System.Text.Json;

namespace Hl7.Fhir.Model;

/// <summary>A record of one thing that happened.</summary>
public sealed class AuditEvent : DomainResource
{
    /// <summary>What was done: create, read, update, delete, execute.</summary>
    public enum AuditEventAction
    {
        C,
        R,
        U,
        D,
        E,
    }

    /// <summary>Whether it succeeded; the number is the code.</summary>
    public enum AuditEventOutcome
    {
        N0 = 0,
        N4 = 4,
    }

    public Coding? Type { get; set; }

    public List<Coding>? Subtype { get; set; }

    public AuditEventAction? Action { get; set; }

    public DateTimeOffset? Recorded { get; set; }

    public AuditEventOutcome? Outcome { get; set; }

    public List<CodeableConcept>? PurposeOfEvent { get; set; }

    public List<AgentComponent>? Agent { get; set; }

    public SourceComponent? Source { get; set; }

    public List<EntityComponent>? Entity { get; set; }

    internal override string TypeName => "AuditEvent";

    internal override void Write(Utf8JsonWriter json)
    {
        base.Write(json);
        json.Element("type", Type);
        json.Elements("subtype", Subtype);
        json.Text("action", Action?.ToString());
        json.Instant("recorded", Recorded);
        json.Text("outcome", Outcome?.ToString("D"));
        json.Elements("purposeOfEvent", PurposeOfEvent);
        json.Elements("agent", Agent);
        json.Element("source", Source);
        json.Elements("entity", Entity);
    }

    /// <summary>Who or what took part.</summary>
    public sealed class AgentComponent : BackboneElement
    {
        public CodeableConcept? Type { get; set; }

        public List<CodeableConcept>? Role { get; set; }

        public ResourceReference? Who { get; set; }

        /// <summary>Whether it began what happened.</summary>
        public bool? Requestor { get; set; }

        /// <summary>What authorised it, URIs.</summary>
        public IEnumerable<string>? Policy { get; set; }

        internal override void Write(Utf8JsonWriter json)
        {
            base.Write(json);
            json.Element("type", Type);
            json.Elements("role", Role);
            json.Element("who", Who);
            if (Requestor is { } requestor) json.WriteBoolean("requestor", requestor);
            json.Texts("policy", Policy);
        }
    }

    /// <summary>Who says so.</summary>
    public sealed class SourceComponent : BackboneElement
    {
        public string? Site { get; set; }

        public ResourceReference? Observer { get; set; }

        public List<Coding>? Type { get; set; }

        internal override void Write(Utf8JsonWriter json)
        {
            base.Write(json);
            json.Text("site", Site);
            json.Element("observer", Observer);
            json.Elements("type", Type);
        }
    }

    /// <summary>What it happened to.</summary>
    public sealed class EntityComponent : BackboneElement
    {
        public ResourceReference? What { get; set; }

        public Coding? Type { get; set; }

        public Coding? Role { get; set; }

        public List<DetailComponent>? Detail { get; set; }

        internal override void Write(Utf8JsonWriter json)
        {
            base.Write(json);
            json.Element("what", What);
            json.Element("type", Type);
            json.Element("role", Role);
            json.Elements("detail", Detail);
        }
    }

    /// <summary>A named value about an entity.</summary>
    public sealed class DetailComponent : BackboneElement
    {
        public string? Type { get; set; }

        public DataType? Value { get; set; }

        internal override void Write(Utf8JsonWriter json)
        {
            base.Write(json);
            json.Text("type", Type);
            json.Choice("value", Value);
        }
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Messages;

public abstract partial record ActBody
{
    /// <summary>A request for assistance. What rules read is clear in <c>request</c>; selectors, identities and free text are disclosures.</summary>
    /// <param name="Facts">The member <c>request</c>, shaped as <see cref="RequestFactsShape"/>.</param>
    /// <param name="Reference">File number of the issuing authority.</param>
    /// <param name="Selectors">Disclosures by item reference: <c>{identifier, service}</c>.</param>
    /// <param name="Identities">Disclosures by person reference; never of a victim.</param>
    /// <param name="Texts">Disclosures <c>lessIntrusiveConsidered</c>, <c>urgencyGrounds</c>, <c>facts</c>, <c>custodian</c>, <c>condition/&lt;n&gt;</c>.</param>
    /// <param name="ValidationRule"><c>none</c>, <c>before</c> (held until a valid validation is there) or <c>within-48h</c>.</param>
    /// <param name="EvidenceKey">RFC 7638 thumbprint of the issuing authority's evidence key; share A of every item is sealed to it.</param>
    public sealed record Request(
        [property: JsonPropertyName("request")] JsonElement Facts,
        string Reference,
        string Statute,
        Selective Selectors,
        Selective Identities,
        Selective Texts,
        WireAssessment Assessment,
        [property: JsonPropertyName("validation")] string ValidationRule,
        string EvidenceKey,
        string? ValidatingAuthority = null) : ActBody
    {
        internal static readonly Shape.Struct Shape = new(
            Must("request", RequestFactsShape.Shape),
            Must("reference", new Text(100)),
            Must("statute", new Text(200)),
            Must("selectors", Shapes.Selective),
            Must("identities", Shapes.Selective),
            Must("texts", Shapes.Selective),
            Must("assessment", Shapes.Assessment),
            Must("validation", new OneOf("none", "before", "within-48h")),
            May("validatingAuthority", Shapes.Authority),
            Must("evidenceKey", Shapes.Bytes32));

        private protected override ActKind TheKind => ActKind.Request;
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Messages;

/// <summary>What a legal act says, beyond who says it to whom and when. A closed set; one file per kind.</summary>
public abstract partial record ActBody
{
    private ActBody()
    {
    }

    /// <summary>A kind whose members this version checks and carries but does not name one by one.</summary>
    public sealed record Other(ActKind ActKind, JsonElement Members) : ActBody
    {
        private protected override ActKind TheKind => ActKind;
    }

    /// <summary>The kind of act this is the body of.</summary>
    [JsonIgnore]
    public ActKind Kind => TheKind;

    private protected abstract ActKind TheKind { get; }
}

/// <summary>A legal act, named by identifier and digest.</summary>
/// <param name="Act">128 random bits, 22 characters of base64url.</param>
/// <param name="Digest">Digest of the act's JWS.</param>
public sealed record ActRef(string Act, Digest Digest);

/// <summary>Digests of disclosures and decoys (RFC 9901); <see cref="Disclosures"/> makes and resolves them.</summary>
public sealed record Selective([property: JsonPropertyName("_sd")] IReadOnlyList<string> Sd);

/// <summary>The authority that speaks, as it says of itself.</summary>
/// <param name="Kind">Kind of authority, such as <c>public-prosecutor</c>.</param>
public sealed record IssuerRef(string Jurisdiction, string Authority, string Kind);

/// <summary>A condition on use of one item.</summary>
/// <param name="ValueGiven">Whether a value travels as the disclosure <c>condition/&lt;item ref&gt;/&lt;n&gt;</c>.</param>
public sealed record ItemCondition(string Type, bool ValueGiven = false);

/// <summary>Retention terms in calendar days from the trigger; null where no review is foreseen.</summary>
public sealed record WireRetention(int MaximumDays, string Trigger, string Disposal, string LegalReference, int? ReviewEveryDays = null);

/// <summary>A rule pack applied to the request by the side that signs.</summary>
public sealed record WireAssessment(
    string RulePack, Digest PackDigest, Digest InputsDigest, string Outcome, IReadOnlyList<WireFinding> Findings, IReadOnlyList<string> Overrides);

/// <summary>One finding as it travels: its sentence is derived again on the other side.</summary>
public sealed record WireFinding(string Rule, string Outcome, IReadOnlyList<string> Items);

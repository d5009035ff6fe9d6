using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Trust;

/// <summary>
/// What one anchor states about its jurisdiction: the payload of a <c>mlat-trust-list+jwt</c>. Format: contracts/trust. Reading a list proves its form;
/// <see cref="TrustSnapshot"/> decides whether it counts.
/// </summary>
/// <param name="Iss">Entity id of the anchor.</param>
/// <param name="Jurisdiction">ISO 3166-1 alpha-2 code.</param>
/// <param name="Seq">Grows with every list; a lower one than seen is refused.</param>
/// <param name="Iat">Signed at, seconds since 1970 UTC.</param>
/// <param name="Exp">No new exchange from then on, seconds since 1970 UTC.</param>
/// <param name="Demo">Made for a demonstration; production nodes refuse it.</param>
/// <param name="Node">The jurisdiction's node.</param>
/// <param name="Authorities">Authorities in their order of preference.</param>
/// <param name="Oversight">Bodies that may query the node's log.</param>
/// <param name="Suspensions">In force from their time until a later list leaves them out.</param>
/// <param name="Revoked">Keys that no longer count, whether listed above or not.</param>
public sealed record TrustList(
    string Iss,
    string Jurisdiction,
    long Seq,
    long Iat,
    long Exp,
    bool Demo,
    TrustListNode Node,
    IReadOnlyList<TrustListAuthority> Authorities,
    IReadOnlyList<TrustListOversight> Oversight,
    IReadOnlyList<TrustListSuspension> Suspensions,
    IReadOnlyList<TrustListRevocation> Revoked)
{
    /// <summary>Header <c>typ</c> of a signed list.</summary>
    public const string Type = "mlat-trust-list+jwt";

    /// <summary>Signs the list with the anchor's key.</summary>
    /// <exception cref="ArgumentException">The list breaks a rule of its own format.</exception>
    public string Sign(EcKey anchorKey) => TrustListRules.FirstFault(this) is { } fault
        ? throw new ArgumentException($"{fault.Rule} at {fault.JsonPointer}")
        : CompactJws.Sign(Type, JsonSerializer.SerializeToUtf8Bytes(this, StrictJson.Options), anchorKey);

    /// <summary>Reads a payload strictly: form, keys on the curve, and the rules of one list. Says nothing about who signed it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out TrustList? list, [NotNullWhen(false)] out TrustFault? fault)
    {
        fault = StrictJson.TryRead(payload, out list, out var json)
            ? TrustListRules.FirstFault(list)
            : new TrustFault(null, TrustRule.Form, json.JsonPointer);
        list = fault is null ? list : null;
        return list is not null;
    }
}

/// <param name="Entity">Entity id, such as <c>https://node.xa.example</c>.</param>
/// <param name="BaseUrl">Where its routes are.</param>
/// <param name="LogOrigin">First line of its checkpoints.</param>
/// <param name="Keys">At least one of each: message, encryption, log, token.</param>
public sealed record TrustListNode(string Entity, string BaseUrl, string LogOrigin, IReadOnlyList<TrustListNodeKey> Keys);

/// <param name="Use">message, encryption, log or token.</param>
/// <param name="From">First instant.</param>
/// <param name="Until">First instant no longer; absent: open, for encryption keys 30 days after <paramref name="From"/>.</param>
public sealed record TrustListNodeKey(
    KeyUse Use, EcPublicKey Jwk, DateTimeOffset From, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Until = null);

/// <param name="Code">The authority's code inside its jurisdiction.</param>
/// <param name="Kind">Kind of authority as the rule packs name it, such as <c>public-prosecutor</c>.</param>
/// <param name="TrustMarks">Competences, such as <c>may-issue:content</c> or <c>may-validate</c>.</param>
public sealed record TrustListAuthority(
    string Entity,
    string Code,
    string Kind,
    IReadOnlyList<TrustListActKey> ActKeys,
    IReadOnlyList<TrustListEvidenceKey> EvidenceKeys,
    IReadOnlyList<string> TrustMarks);

/// <param name="Custody">Who holds the private half.</param>
/// <param name="From">First instant.</param>
/// <param name="Until">First instant no longer; absent: open.</param>
public sealed record TrustListActKey(
    EcPublicKey Jwk, Custody Custody, DateTimeOffset From, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Until = null);

/// <param name="From">First instant; the newest is used for new requests, older ones still open what was sealed to them.</param>
public sealed record TrustListEvidenceKey(EcPublicKey Jwk, DateTimeOffset From);

/// <param name="Entity">Entity id.</param>
/// <param name="Code">The body's code.</param>
public sealed record TrustListOversight(string Entity, string Code);

/// <param name="Entity">Node or authority of this list.</param>
/// <param name="From">In force from.</param>
public sealed record TrustListSuspension(string Entity, SuspensionReason Reason, DateTimeOffset From);

/// <param name="Kid">Thumbprint.</param>
/// <param name="At">Nothing received from then on counts, however early it says it was signed.</param>
/// <param name="CompromisedSince">What was signed from then on is doubtful, even if it was accepted.</param>
public sealed record TrustListRevocation(
    string Kid, DateTimeOffset At, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? CompromisedSince = null);

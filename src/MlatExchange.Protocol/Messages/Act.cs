using System.Text.Json;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Messages;

/// <summary>A legal act as read: its exact signed text and what it says. Reading proves nothing; a verdict does.</summary>
/// <param name="Jws">The compact JWS, character for character.</param>
/// <param name="Digest">SHA-256 over its signing input.</param>
/// <param name="Kid">Thumbprint of the key that signed it.</param>
/// <param name="Issuer">Entity identifier of the authority.</param>
/// <param name="Id">Its 128-bit identifier.</param>
/// <param name="IssuedBy">What the payload says of its issuer.</param>
/// <param name="Payload">The whole payload, for members that have no record.</param>
public sealed record Act(
    string Jws,
    Digest Digest,
    string Kid,
    ActKind Kind,
    string Issuer,
    IReadOnlyList<string> Addressees,
    string Id,
    DateTimeOffset IssuedAt,
    IssuerRef IssuedBy,
    ActBody Body,
    JsonElement Payload,
    Digest? Supersedes)
{
    /// <summary>This act as others name it.</summary>
    public ActRef Ref => new(Id, Digest);

    /// <summary>The act this one rests on, or null for a request.</summary>
    public ActRef? Names => Kind.Names is { } member ? PayloadJson.Read<ActRef>(Payload.GetProperty(member)) : null;

    /// <summary>Reads an act whose header was checked and whose payload was parsed strictly.</summary>
    /// <returns>The act, or every faulty member.</returns>
    public static (Act? Act, IReadOnlyList<Fault> Faults) Read(string jws, string kid, ActKind kind, JsonElement payload)
    {
        var faults = kind.Payload.Check(payload);
        if (faults.Count > 0)
            return (null, faults);
        var issuedAt = payload.GetProperty("issuedAt").Deserialize<DateTimeOffset>(StrictJson.Options);
        if (payload.GetProperty("iat").GetInt64() != issuedAt.ToUnixTimeSeconds())
            return (null, [new Fault("/iat", "times-differ", "the second of issuedAt")]);
        if (kind == ActKind.ConditionsAccepted && !EcPublicKey.TryImport(payload.GetProperty("transferKey"), out _))
            return (null, [new Fault("/transferKey", "wrong-form", "a point on P-256")]);
        var body = BodyOf(kind, payload);
        var issuer = body is ActBody.Request request ? request.Facts.GetProperty("issuer") : payload.GetProperty("issuer");
        return (new Act(
            jws,
            CompactJws.DigestOf(jws),
            kid,
            kind,
            payload.GetProperty("iss").GetString()!,
            [.. payload.GetProperty("addressees").EnumerateArray().Select(a => a.GetString()!)],
            payload.GetProperty("act").GetString()!,
            issuedAt,
            PayloadJson.Read<IssuerRef>(issuer),
            body,
            payload,
            payload.TryGetProperty("supersedes", out var old) ? Digest.Parse(old.GetString()) : null), []);
    }

    /// <summary>Reads an act that was verified and stored before, such as one that a later act rests on. Checks form, not signature.</summary>
    /// <exception cref="InvalidDataException">What was stored is no act.</exception>
    public static Act FromStored(string jws)
    {
        if (!CompactJws.TryRead(jws, out var read, out _) || ActKind.OfTyp(read.Type) is not { } kind || !StrictJson.TryParse(read.Payload, out var document, out _))
            throw new InvalidDataException("stored text is no act");
        using (document)
            return Read(jws, read.KeyId, kind, document.RootElement.Clone()).Act ?? throw new InvalidDataException("stored text is no act");
    }

    private static ActBody BodyOf(ActKind kind, JsonElement payload) => kind.Slug switch
    {
        "request" => PayloadJson.Read<ActBody.Request>(payload),
        "validation" => PayloadJson.Read<ActBody.Validation>(payload),
        "decision" => PayloadJson.Read<ActBody.Decision>(payload),
        "transfer-offer" => PayloadJson.Read<ActBody.TransferOffer>(payload),
        "conditions-accepted" => PayloadJson.Read<ActBody.ConditionsAccepted>(payload),
        "withdrawal" => PayloadJson.Read<ActBody.Withdrawal>(payload),
        "objection" => PayloadJson.Read<ActBody.Objection>(payload),
        "destruction-order" => PayloadJson.Read<ActBody.DestructionOrder>(payload),
        "destruction-certificate" => PayloadJson.Read<ActBody.DestructionCertificate>(payload),
        _ => new ActBody.Other(kind, payload),
    };
}

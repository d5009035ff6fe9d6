using System.Text.Json;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Messages;

/// <summary>Who acts, towards whom, when. The bytes are fixed once, at the first approval; approvals and the signature speak of those bytes.</summary>
/// <param name="Iss">Entity identifier of the authority whose key signs.</param>
/// <param name="Addressees">Entity identifiers of the authorities it is addressed to.</param>
/// <param name="Act">128 random bits.</param>
/// <param name="IssuedAt">When the bytes were fixed; <c>iat</c> is the same second.</param>
/// <param name="Issuer">What the payload says of its issuer; null for a request, which says it in <c>request.issuer</c>.</param>
/// <param name="Supersedes">Digest of an act that this one takes the place of.</param>
public sealed record ActCore(
    string Iss, IReadOnlyList<string> Addressees, string Act, DateTimeOffset IssuedAt, IssuerRef? Issuer = null, Digest? Supersedes = null);

/// <summary>Writes the exact payload bytes of acts.</summary>
public static class ActPayload
{
    /// <summary>The payload's bytes, ready to be signed under the kind's <c>typ</c>.</summary>
    /// <exception cref="ArgumentException">Core and body do not make a payload of this kind; the message names members and rules, no values.</exception>
    public static byte[] Write(ActCore core, ActBody body)
        => PayloadJson.Write(
            body.Kind.Payload,
            body is ActBody.Other other ? other.Members : body,
            writer => Core(writer, core, body.Kind),
            writer =>
            {
                if (core.Supersedes is { } old)
                    writer.WriteString("supersedes", old.ToString());
            });

    private static void Core(Utf8JsonWriter writer, ActCore core, ActKind kind)
    {
        writer.WriteString("iss", core.Iss);
        writer.WriteStartArray("addressees");
        foreach (var addressee in core.Addressees)
            writer.WriteStringValue(addressee);
        writer.WriteEndArray();
        writer.WriteString("act", core.Act);
        writer.WriteString("kind", kind.Slug);
        writer.WriteNumber("schemaVersion", 1);
        writer.WriteNumber("iat", core.IssuedAt.ToUnixTimeSeconds());
        writer.WriteString("issuedAt", WireTime.Text(core.IssuedAt));
        if (core.Issuer is not { } issuer)
            return;
        writer.WriteStartObject("issuer");
        writer.WriteString("jurisdiction", issuer.Jurisdiction);
        writer.WriteString("authority", issuer.Authority);
        writer.WriteString("kind", issuer.Kind);
        writer.WriteEndObject();
    }
}

using System.Text.Json;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Messages;

/// <summary>A message as read: its exact signed text and what it says. Reading proves nothing; a verdict does.</summary>
/// <param name="Jws">The compact JWS, character for character.</param>
/// <param name="Digest">SHA-256 over its signing input.</param>
/// <param name="Kid">Thumbprint of the node key that signed it.</param>
/// <param name="Acts">Digests of the acts that travel beside it.</param>
/// <param name="Record">The record string; null for kinds without one.</param>
public sealed record Message(
    string Jws, Digest Digest, string Kid, MessageKind Kind, MessageCore Core, MessageBody Body, IReadOnlyList<Digest> Acts, string? Record, JsonElement Payload)
{
    /// <summary>This message as receipts name it.</summary>
    public MessageRef Ref => new(Core.Jti, Digest, Core.Seq);

    /// <summary>Reads a message whose header was checked and whose payload was parsed strictly.</summary>
    /// <returns>The message, or every faulty member.</returns>
    public static (Message? Message, IReadOnlyList<Fault> Faults) Read(string jws, string kid, MessageKind kind, JsonElement payload)
    {
        var faults = kind.Payload.Check(payload);
        if (faults.Count > 0)
            return (null, faults);
        var core = PayloadJson.Read<MessageCore>(payload);
        if (payload.GetProperty("iat").GetInt64() != core.IssuedAt.ToUnixTimeSeconds())
            return (null, [new Fault("/iat", "times-differ", "the second of issuedAt")]);
        var isLink = core.Thread == LinkThread.Of(core.Iss, core.Aud);
        if ((kind.Thread == ThreadRule.Link && !isLink) || (kind.Thread == ThreadRule.Case && isLink))
            return (null, [new Fault("/thread", "wrong-thread", kind.Thread == ThreadRule.Link ? "the link's thread" : "a case's thread")]);
        return (new Message(
            jws,
            CompactJws.DigestOf(jws),
            kid,
            kind,
            core,
            BodyOf(kind, payload),
            [.. payload.GetProperty("acts").EnumerateArray().Select(digest => Digest.Parse(digest.GetString()))],
            payload.TryGetProperty("record", out var record) ? record.GetString() : null,
            payload), []);
    }

    private static MessageBody BodyOf(MessageKind kind, JsonElement payload) => kind.Slug switch
    {
        _ when kind.Carries is not null => new MessageBody.Carrier(kind),
        "acknowledgement" => PayloadJson.Read<MessageBody.Acknowledgement>(payload),
        "key-release" => PayloadJson.Read<MessageBody.KeyRelease>(payload),
        "receipt" => PayloadJson.Read<MessageBody.ReceiptOf>(payload),
        "reconciliation-list" => PayloadJson.Read<MessageBody.ReconciliationList>(payload),
        "incident-notice" => PayloadJson.Read<MessageBody.IncidentNotice>(payload),
        "suspension-notice" => PayloadJson.Read<MessageBody.SuspensionNotice>(payload),
        "resend-request" => PayloadJson.Read<MessageBody.ResendRequest>(payload),
        "checkpoint" => PayloadJson.Read<MessageBody.Checkpoint>(payload),
        "ping" => new MessageBody.Ping(),
        _ => new MessageBody.Other(kind, payload),
    };
}

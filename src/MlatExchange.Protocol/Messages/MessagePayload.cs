using System.Text.Json;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Messages;

/// <summary>A place in one side's chain of a thread.</summary>
/// <param name="Seq">1, 2, 3 per sender and thread.</param>
/// <param name="Digest">Digest of the message at that place.</param>
public sealed record Link(long Seq, Digest Digest);

/// <summary>Who sends what to whom, and its place in the thread.</summary>
/// <param name="Jti">128 random bits.</param>
/// <param name="Iss">Entity identifier of the sending node.</param>
/// <param name="Aud">Entity identifier of the receiving node; exactly one.</param>
/// <param name="IssuedAt">Time of signing; <c>iat</c> is the same second. There is no expiry.</param>
/// <param name="Thread">128 bits.</param>
/// <param name="Prev">Digest of the sender's previous message in the thread; null for its first.</param>
/// <param name="Seen">The newest message of the other side that the sender had accepted when signing.</param>
/// <param name="Supersedes">Digest of an earlier message that this one re-issues or corrects.</param>
public sealed record MessageCore(
    string Jti, string Iss, string Aud, DateTimeOffset IssuedAt, string Thread, long Seq, Digest? Prev, Link? Seen, Digest? Supersedes = null);

/// <summary>Writes the exact payload bytes of messages.</summary>
public static class MessagePayload
{
    private static readonly string[] CoreMembers =
        ["messageType", "schemaVersion", "jti", "iss", "aud", "iat", "issuedAt", "thread", "seq", "prev", "seen", "record", "acts", "supersedes"];

    /// <summary>The payload's bytes, ready to be signed under the kind's <c>typ</c>.</summary>
    /// <param name="core">Core members.</param>
    /// <param name="body">Body of the kind.</param>
    /// <param name="acts">Digests of the acts that travel beside it, in order.</param>
    /// <param name="record">The record (<see cref="MessageRecord"/>); null for kinds without one.</param>
    /// <exception cref="ArgumentException">The parts do not make a payload of this kind; the message names members and rules, no values.</exception>
    public static byte[] Write(MessageCore core, MessageBody body, IReadOnlyList<Digest> acts, string? record)
        => PayloadJson.Write(
            body.Kind.Payload,
            body switch { MessageBody.Carrier => null, MessageBody.Other other => other.Members, _ => body },
            writer => Core(writer, core, body.Kind, acts, record),
            writer =>
            {
                if (core.Supersedes is { } old)
                    writer.WriteString("supersedes", old.ToString());
            });

    /// <summary>The body of a message as <see cref="Write"/> takes it, for one that says the same again at another place.</summary>
    public static MessageBody BodyOf(Message message) => message.Body is not MessageBody.Other other ? message.Body : other with
    {
        Members = JsonSerializer.SerializeToElement(
            other.Members.EnumerateObject().Where(member => !CoreMembers.Contains(member.Name)).ToDictionary(member => member.Name, member => member.Value), StrictJson.Options),
    };

    private static void Core(Utf8JsonWriter writer, MessageCore core, MessageKind kind, IReadOnlyList<Digest> acts, string? record)
    {
        writer.WriteString("messageType", kind.Slug);
        writer.WriteNumber("schemaVersion", 1);
        writer.WriteString("jti", core.Jti);
        writer.WriteString("iss", core.Iss);
        writer.WriteString("aud", core.Aud);
        writer.WriteNumber("iat", core.IssuedAt.ToUnixTimeSeconds());
        writer.WriteString("issuedAt", WireTime.Text(core.IssuedAt));
        writer.WriteString("thread", core.Thread);
        writer.WriteNumber("seq", core.Seq);
        writer.WriteString("prev", core.Prev?.ToString());
        if (core.Seen is { } seen)
        {
            writer.WriteStartObject("seen");
            writer.WriteNumber("seq", seen.Seq);
            writer.WriteString("digest", seen.Digest.ToString());
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("seen");
        }

        if (record is not null)
            writer.WriteString("record", record);
        writer.WriteStartArray("acts");
        foreach (var act in acts)
            writer.WriteStringValue(act.ToString());
        writer.WriteEndArray();
    }
}

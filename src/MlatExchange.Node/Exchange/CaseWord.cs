using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Exchange;

/// <summary>The node's words about a request: a message without an act, which names the request act it speaks of.</summary>
public static class CaseWord
{
    /// <param name="act">Id of the request act; <paramref name="digest"/> its digest.</param>
    /// <param name="members">Members beside <c>inReplyTo</c>; null values are left out.</param>
    public static MessageBody Of(MessageKind kind, string act, string digest, params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var body = new JsonObject { ["inReplyTo"] = Reference(act, digest) };
        foreach (var (name, value) in members)
            if (value is not null) body[name] = value;
        return new MessageBody.Other(kind, JsonSerializer.SerializeToElement(body));
    }

    public static JsonObject Reference(string act, string digest) => new() { ["act"] = act, ["digest"] = digest };

    public static JsonArray Refs(IEnumerable<string> items) => [.. items.Select(item => (JsonNode)item)];

    /// <summary>What a payload says of texts that are disclosed beside it.</summary>
    public static JsonObject Texts(Selective texts) => new() { ["_sd"] = Refs(texts.Sd) };

    /// <summary>A member of a received word; the shape was checked by verification.</summary>
    public static JsonElement? Member(AcceptedMessage message, string name) =>
        message.Message.Body is MessageBody.Other { Members: var members } && members.TryGetProperty(name, out var value) ? value : null;

    /// <summary>References in the member <paramref name="name"/>; empty where it is absent.</summary>
    public static IReadOnlyList<string> RefsIn(AcceptedMessage message, string name) => Member(message, name) is { } refs ? [.. refs.EnumerateArray().Select(item => item.GetString()!)] : [];
}

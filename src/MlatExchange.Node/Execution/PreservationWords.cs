using System.Text.Json.Nodes;
using MlatExchange.Domain;
using MlatExchange.Domain.Execution;
using MlatExchange.Node.Exchange;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Execution;

/// <summary>How what is to be preserved stands, as it goes over the wire and comes from it.</summary>
public static class PreservationWords
{
    /// <summary>The message that says it.</summary>
    public static MessageBody Status(ExecutionEvent.Received received, IEnumerable<PreservedItem> items) => CaseWord.Of(
        MessageKind.PreservationStatus, received.Act, received.ActDigest, ("items", new JsonArray([.. items.Select(Item)])));

    /// <summary>What such a message says; its shape was checked by verification.</summary>
    public static IReadOnlyList<PreservedItem> Read(AcceptedMessage message) => [.. CaseWord.Member(message, "items")!.Value.EnumerateArray().Select(item => new PreservedItem(
        item.GetProperty("ref").GetString()!, EnumCode.Read<PreservationStatus>(item.GetProperty("status").GetString()!)!.Value, item.TryGetProperty("until", out var until) ? until.GetDateTimeOffset() : null))];

    private static JsonNode Item(PreservedItem item)
    {
        var said = new JsonObject { ["ref"] = item.Ref, ["status"] = EnumCode.Of(item.Status) };
        if (item.Until is { } until) said["until"] = WireTime.Text(until);
        return said;
    }
}

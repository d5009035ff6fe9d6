using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Node.Exchange;
using MlatExchange.Protocol;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Transfers;

/// <summary>Words that travel with a message: disclosed to the recipient alone, never part of the signed members.</summary>
internal static class Words
{
    /// <summary>Adds <c>texts</c> to the members and gives the disclosures that go beside the message.</summary>
    public static IReadOnlyList<string> Disclose(JsonObject members, RandomSource random, string name, string words)
    {
        var (texts, disclosures) = Disclosures.Make(random, [new(name, JsonSerializer.SerializeToElement(words))]);
        members["texts"] = new JsonObject { ["_sd"] = new JsonArray([.. texts.Sd.Select(digest => (JsonNode)digest)]) };
        return disclosures;
    }

    /// <summary>The disclosed words of this name; null where the sender showed none.</summary>
    public static string? In(AcceptedMessage message, string name) => message.Disclosed
        .SelectMany(values => values).FirstOrDefault(value => value.Name == name && value.Value.ValueKind == JsonValueKind.String)?.Value.GetString();
}

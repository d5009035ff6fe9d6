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
        var (texts, disclosures) = Disclosures.Make(random, name, words);
        members["texts"] = CaseWord.Texts(texts);
        return disclosures;
    }
}

using System.Text.Json;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Protocol.Verification;

/// <summary>Names and forms of disclosed values. Victims are never named on the wire, not even sealed.</summary>
internal static class DisclosedValues
{
    private const int LongestText = 8000;

    private static readonly string[] RequestTexts = ["lessIntrusiveConsidered", "urgencyGrounds", "facts", "custodian", "offenceDescription"];

    public static Fault? Check(Act? act, IReadOnlyList<Disclosed> ofAct, IReadOnlyList<Disclosed> ofMessage)
    {
        var wrong = (act?.Body is ActBody.Request request ? ofAct.FirstOrDefault(value => !OfRequest(request.Facts, value)) : ofAct.FirstOrDefault(value => !IsText(value)))
            ?? ofMessage.FirstOrDefault(value => !IsText(value));
        return wrong is null ? null : new Fault(wrong.JsonPointer, "disclosure-not-allowed", "a name and form that the act's page lists");
    }

    private static bool OfRequest(JsonElement facts, Disclosed value) => value.JsonPointer switch
    {
        "/selectors" => Find(facts, "items", value.Name) is not null && Texts(value.Value) && value.Value.TryGetProperty("identifier", out _),
        "/identities" => Find(facts, "persons", value.Name) is { } person
            && person.GetProperty("category").GetString() != "LED6c" && person.GetProperty("role").GetString() != "victim" && Texts(value.Value),
        "/texts" => (RequestTexts.Contains(value.Name) || IsCondition(value.Name)) && IsText(value),
        _ => false,
    };

    private static bool IsCondition(string name) => name.StartsWith("condition/", StringComparison.Ordinal) && name.Length <= 64;

    private static bool IsText(Disclosed value) => value.Name.Length <= 64 && (IsText(value.Value) || Texts(value.Value));

    private static JsonElement? Find(JsonElement facts, string list, string reference)
    {
        foreach (var entry in facts.GetProperty(list).EnumerateArray())
        {
            if (entry.GetProperty("ref").GetString() == reference)
                return entry;
        }

        return null;
    }

    private static bool Texts(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(member => IsText(member.Value));

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString()!.Length <= LongestText;
}

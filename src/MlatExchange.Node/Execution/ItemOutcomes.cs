using MlatExchange.Domain.Execution;

namespace MlatExchange.Node.Execution;

/// <summary>The words of acts and routes for what is decided on an item.</summary>
public static class ItemOutcomes
{
    private static readonly Dictionary<string, ItemOutcome> Words = new(StringComparer.Ordinal)
    {
        ["recognised"] = ItemOutcome.Recognised,
        ["with-conditions"] = ItemOutcome.WithConditions,
        ["postponed"] = ItemOutcome.Postponed,
        ["refused"] = ItemOutcome.Refused,
    };

    public static bool IsWord(string word) => Words.ContainsKey(word);

    /// <summary>The outcome; the word was checked before, by the route or by the act's shape.</summary>
    public static ItemOutcome Of(string word) => Words[word];
}

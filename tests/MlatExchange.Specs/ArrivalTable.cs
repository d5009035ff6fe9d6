using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Specs.Protocol.Messages;

namespace MlatExchange.Specs;

/// <summary>
/// What each word of the other side comes to in each state, as a page: in order, out of order, late and again. Every cell is a decision that was made; none may throw, and
/// the same word again may write nothing.
/// </summary>
public sealed class ArrivalTable<TState, TEvent>(TState initial, Func<TState, TEvent, TState> evolve)
    where TEvent : class
{
    /// <summary>Holds the page against <c>contracts/messages/{file}</c>.</summary>
    /// <param name="states">Name and history of each column.</param>
    /// <param name="words">Name and decision of each row.</param>
    public void Holds(string file, string title, string lead, IReadOnlyList<(string Name, TEvent[] History)> states, IReadOnlyList<(string Name, Func<TState, Decision<TEvent>> Decide)> words)
    {
        string[] page =
        [
            $"# {title}", "", lead, "",
            Row("Word", states.Select(state => state.Name)),
            Row("---", states.Select(_ => "---")),
            .. words.Select(word => Row(word.Name, states.Select(state => Cell(state.History.Aggregate(initial, evolve), word.Decide)))),
            "",
        ];
        Approved.Holds("messages/" + file, string.Join('\n', page));
    }

    private static string Row(string name, IEnumerable<string> cells) => $"| {name} | {string.Join(" | ", cells)} |";

    private string Cell(TState state, Func<TState, Decision<TEvent>> decide)
    {
        var first = decide(state);
        if (first.RefusedBy is { } rule) return $"`{rule.Slug}`";
        var after = first.Events.Aggregate(state, evolve);
        Assert.Empty(decide(after).Events);
        return first.Events.Count == 0 ? "kept" : string.Join(", ", first.Events.Select(happened => Words(happened.GetType().Name)));
    }

    private static string Words(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name).Replace('-', ' ');
}

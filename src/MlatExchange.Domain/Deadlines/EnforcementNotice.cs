using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Deadlines;

/// <summary>That the enforcing authority was notified of an order (EEV 8(1)): from then on it has the term of EEV 12(1) to raise a ground for refusal.</summary>
/// <param name="Authority">Code of the enforcing authority, in the jurisdiction of the addressee.</param>
/// <param name="Items">References of the items it was notified of.</param>
/// <param name="At">When it left, or came, by the own log.</param>
public sealed record EnforcementNotice(string Authority, IReadOnlyList<string> Items, DateTimeOffset At)
{
    /// <summary>The items an enforcing authority is to be notified of: traffic and content data to be produced (EEV 8(1)).</summary>
    public static IReadOnlyList<string> Covered(RequestFacts facts) =>
        [.. facts.Items.Where(item => item is { Measure: "produce", DataCategory: "traffic" or "content" }).Select(item => item.Ref)];

    /// <summary>
    /// Whether nothing that it covers is produced before the enforcing authority has said that it raises no ground: always but in an emergency, where the data go ahead
    /// (EEV 8(4), 10(2), 10(4); 8(4) to be confirmed by counsel).
    /// </summary>
    public static bool Suspends(RequestFacts facts) => facts.Urgency.Kind != Codes.Emergency;
}

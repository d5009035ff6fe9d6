using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Deadlines;

namespace MlatExchange.Node.Cases;

/// <summary>The notification of the enforcing authority as a view shows it (EEV 8).</summary>
/// <param name="Suspends">Whether production waits for the authority's word, or for the end of its term; false in an emergency, and once it has spoken.</param>
public sealed record EnforcementView(string Authority, IReadOnlyList<string> Items, DateTimeOffset NotifiedAt, bool Suspends)
{
    /// <param name="decided">When the authority decided; null while it did not.</param>
    public static EnforcementView? Of(RequestFacts facts, EnforcementNotice? notice, DateTimeOffset? decided) =>
        notice is null ? null : new(notice.Authority, notice.Items, notice.At, decided is null && EnforcementNotice.Suspends(facts));
}

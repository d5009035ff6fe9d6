using System.Text;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Node.Requests;
using MlatExchange.Node.Storage;

namespace MlatExchange.Node.Cases;

/// <summary>The notification of the enforcing authority as a view shows it (EEV 8).</summary>
/// <param name="Suspends">Whether production waits for the authority's word, or for the end of its term; false in an emergency, and once it has spoken.</param>
public sealed record EnforcementView(string Authority, IReadOnlyList<string> Items, DateTimeOffset NotifiedAt, bool Suspends)
{
    /// <param name="decided">When the authority decided; null while it did not.</param>
    public static EnforcementView? Of(RequestFacts facts, EnforcementNotice? notice, DateTimeOffset? decided) =>
        notice is null ? null : new(notice.Authority, notice.Items, notice.At, decided is null && EnforcementNotice.Suspends(facts));
}

/// <summary>That enforcement was asked for, as a view shows it (EEV 16).</summary>
/// <param name="AnsweredAt">When the enforcing authority decided; null while it has not.</param>
public sealed record EnforcementAskedView(IReadOnlyList<string> Items, DateTimeOffset AskedAt, DateTimeOffset? AnsweredAt, string? Reason)
{
    /// <param name="side"><c>request</c> or <c>received</c>.</param>
    public static async Task<EnforcementAskedView?> Of(Vault vault, string side, Guid id, EnforcementRequest? asked, CancellationToken cancellation) => asked is null ? null
        : new(asked.Items, asked.AskedAt, asked.AnsweredAt, await vault.Open(AskEnforcementEndpoint.ReasonOf(side, id), cancellation) is { Length: > 0 } reason ? Encoding.UTF8.GetString(reason) : null);
}

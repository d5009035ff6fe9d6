using System.Text;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Node.Execution;
using MlatExchange.Node.Storage;

namespace MlatExchange.Node.Cases;

/// <summary>A question and its answer as a view shows them.</summary>
/// <param name="Question">Null where the case's key is gone.</param>
public sealed record ClarificationView(DateTimeOffset AskedAt, DateTimeOffset? AnsweredAt, string? Question, string? Answer)
{
    /// <param name="side"><c>request</c> or <c>received</c>.</param>
    public static async Task<IReadOnlyList<ClarificationView>> Of(Vault vault, string side, Guid id, IReadOnlyList<Clarification> asked, CancellationToken cancellation)
    {
        var views = new List<ClarificationView>(asked.Count);
        for (var n = 0; n < asked.Count; n++)
            views.Add(new(asked[n].AskedAt, asked[n].AnsweredAt, await Text(vault, side, id, n, "question", cancellation), await Text(vault, side, id, n, "answer", cancellation)));
        return views;
    }

    private static async Task<string?> Text(Vault vault, string side, Guid id, int n, string what, CancellationToken cancellation) =>
        await vault.Open(AskClarificationEndpoint.TextOf(side, id, n, what), cancellation) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}

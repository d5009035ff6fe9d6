using System.Text;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Node.Execution;
using MlatExchange.Node.Storage;

namespace MlatExchange.Node.Cases;

/// <summary>A notice of delay as a view shows it.</summary>
/// <param name="Reason">In words; null where none was shown or the case's key is gone.</param>
public sealed record DelayView(DateTimeOffset AnnouncedAt, string Ground, DateTimeOffset? Until, string? Reason)
{
    /// <param name="side"><c>request</c> or <c>received</c>.</param>
    public static async Task<IReadOnlyList<DelayView>> Of(Vault vault, string side, Guid id, IReadOnlyList<DelayNotice> delays, CancellationToken cancellation)
    {
        var views = new List<DelayView>(delays.Count);
        for (var n = 0; n < delays.Count; n++)
        {
            var reason = await vault.Open(AnnounceDelayEndpoint.ReasonOf(side, id, n), cancellation);
            views.Add(new(delays[n].At, delays[n].Ground, delays[n].Until, reason is { Length: > 0 } ? Encoding.UTF8.GetString(reason) : null));
        }

        return views;
    }
}

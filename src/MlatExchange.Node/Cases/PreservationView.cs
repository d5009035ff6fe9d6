using MlatExchange.Domain.Execution;

namespace MlatExchange.Node.Cases;

/// <summary>A preservation as a view shows it.</summary>
/// <param name="Production">Digest of the act that asks for production after it.</param>
public sealed record PreservationView(IReadOnlyList<PreservedItem> Items, DateTimeOffset? ExtendedAt, string? Production, DateTimeOffset? ProductionAt)
{
    /// <summary>Null where nobody spoke of one.</summary>
    public static PreservationView? Of(Preservation? preservation) => preservation is null or { Items.Count: 0, ExtendedAt: null, ProductionAt: null } ? null
        : new(preservation.Listed, preservation.ExtendedAt, preservation.Production, preservation.ProductionAt);
}

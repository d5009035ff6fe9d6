namespace MlatExchange.Node.Ledger;

/// <summary>How the node's log is kept.</summary>
/// <param name="Jurisdiction">The node's own jurisdiction code; stands in every leaf.</param>
/// <param name="GuardPath">Folder of the guard, outside the database and its backups.</param>
public sealed record LedgerSettings(string Jurisdiction, string GuardPath)
{
    /// <summary>Most events that one batch takes.</summary>
    public int BatchSize { get; init; } = 1024;

    /// <summary>How often to look without having been woken.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);
}

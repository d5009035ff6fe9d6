namespace MlatExchange.Node.Storage;

/// <summary>An event as read back.</summary>
/// <param name="Id">The caller's id.</param>
/// <param name="Stream">Stream name.</param>
/// <param name="Version">1-based place in the stream.</param>
/// <param name="Sequence">Number given by the database; it has holes and can commit out of order.</param>
/// <param name="Type">Pinned alias.</param>
/// <param name="At">When it was written, UTC, by the database's clock.</param>
/// <param name="Data">UTF-8 JSON as the database prints it.</param>
/// <param name="Headers">UTF-8 JSON object, or empty.</param>
/// <param name="User">Pseudonym of who acted, or null.</param>
/// <param name="Correlation">Exchange or call, or null.</param>
/// <param name="Causation">Cause, or null.</param>
public sealed record StoredEvent(
    Guid Id,
    string Stream,
    long Version,
    long Sequence,
    string Type,
    DateTimeOffset At,
    ReadOnlyMemory<byte> Data,
    ReadOnlyMemory<byte> Headers,
    string? User,
    string? Correlation,
    string? Causation);

namespace MlatExchange.Node.Storage;

/// <summary>
/// The one seam of the storage: two drivers stand behind it (plain Npgsql, Marten) on the same tables, and nothing outside knows which one runs.
/// What goes wrong by law of the store (a version that moved, an id that exists) is a value; an exception is a broken server or a bug.
/// </summary>
public interface IEventStore
{
    /// <summary>All events of a stream in version order; empty when the stream does not exist. The stream's version is the last event's, or 0.</summary>
    Task<IReadOnlyList<StoredEvent>> Load(string stream, CancellationToken cancellationToken = default);

    /// <summary>Writes one atomic group: all of it is durable when the answer is <see cref="AppendOutcome.Appended"/>, none of it otherwise.
    /// Concurrent calls may share a commit, but one's conflict never fails another.</summary>
    Task<AppendOutcome> Append(Append append, CancellationToken cancellationToken = default);

    /// <summary>The events with these ids, in sequence order; ids that do not exist are left out.</summary>
    Task<IReadOnlyList<StoredEvent>> Read(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default);
}

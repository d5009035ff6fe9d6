namespace MlatExchange.Node.Storage;

/// <summary>What became of one group. Only <see cref="Appended"/> wrote anything.</summary>
public abstract record AppendOutcome
{
    private AppendOutcome() { }

    /// <summary>Durable.</summary>
    /// <param name="Versions">New version of each stream, in the order of the group's streams.</param>
    /// <param name="Sequences">Global sequence number of each event, in the order written. Not an order to follow: readers follow the log's position.</param>
    public sealed record Appended(IReadOnlyList<long> Versions, IReadOnlyList<long> Sequences) : AppendOutcome;

    /// <summary>A stream is not at the version the decision was made on: load again and decide again.</summary>
    /// <param name="Stream">The first stream of the group that differs.</param>
    /// <param name="Expected">The version the caller gave.</param>
    /// <param name="Actual">The version found, or -1 when the stream was being created by another at that moment.</param>
    public sealed record Conflict(string Stream, long Expected, long Actual) : AppendOutcome;

    /// <summary>An event with this id is in the store already: the group, or one with the same effect, was written before. Where several are, one of them.</summary>
    public sealed record Duplicate(Guid EventId) : AppendOutcome;

    /// <summary>The stream was archived by an administrator and takes no more events.</summary>
    public sealed record Archived(string Stream) : AppendOutcome;

    /// <summary>A vault entry with this reference exists already. References are written once, so the caller has reused one.</summary>
    public sealed record ReferenceTaken(string Reference) : AppendOutcome;
}

namespace MlatExchange.Node.Ledger;

/// <summary>Something that does not agree with what the log fixed. Names the place, never content.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Stream">Stream of the event concerned, where known.</param>
/// <param name="Version">Its version in the stream, where known.</param>
/// <param name="Index">Leaf index concerned, where known; for a checkpoint its size.</param>
public sealed record AuditFinding(AuditFault Kind, string? Stream, long? Version, long? Index);

/// <summary>What an audit can find.</summary>
public enum AuditFault
{
    /// <summary>The event's row differs from what its leaf fixed: body, headers, stream, version, type or time.</summary>
    EventChanged,

    /// <summary>The log has a leaf, the event table no such event.</summary>
    EventMissing,

    /// <summary>The event table has an event that is neither in the log nor waiting for it.</summary>
    EventNotLogged,

    /// <summary>Leaf bytes and leaf hash do not agree, or the bytes are no leaf.</summary>
    LeafChanged,

    /// <summary>Positions or indexes have a gap.</summary>
    Gap,

    /// <summary>A stored tile is not what the leaves give.</summary>
    TileChanged,

    /// <summary>A checkpoint's root is not the root of the leaves, or its signature is not the log's.</summary>
    CheckpointDiffers,

    /// <summary>The guard has seen another tree than the leaves give.</summary>
    GuardDiffers,
}

using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Node.Ledger;

/// <summary>An event at its place in the log.</summary>
/// <param name="Position">1, 2, 3 without gaps over everything on this node: the only order to follow.</param>
/// <param name="Index">Leaf index in the tree, from 0.</param>
/// <param name="Event">The event itself.</param>
public sealed record LogEntry(long Position, long Index, StoredEvent Event);

/// <summary>A leaf as it was hashed.</summary>
/// <param name="Position">Place in the node's order.</param>
/// <param name="Index">Leaf index in the tree, from 0.</param>
/// <param name="Bytes">The leaf, verbatim: canonical JSON.</param>
public sealed record LogLeaf(long Position, long Index, byte[] Bytes);

/// <summary>A head that was signed.</summary>
/// <param name="Size">Leaves it covers: those with an index below it.</param>
/// <param name="Root">RFC 6962 root.</param>
/// <param name="Note">The signed note, verbatim.</param>
/// <param name="SignedAt">UTC.</param>
public sealed record PublishedCheckpoint(long Size, TreeHash Root, string Note, DateTimeOffset SignedAt);

/// <summary>Everything that shows that an event is in the log, as it travels in <c>logged</c>.</summary>
/// <param name="Leaf">The leaf.</param>
/// <param name="Checkpoint">The first one that covers the leaf.</param>
/// <param name="Inclusion">From the leaf to the checkpoint's root.</param>
/// <param name="Consistency">From the size asked for to the checkpoint; empty when that size is 0, or is the checkpoint's or a later one.</param>
public sealed record LogProof(LogLeaf Leaf, PublishedCheckpoint Checkpoint, IReadOnlyList<TreeHash> Inclusion, IReadOnlyList<TreeHash> Consistency);

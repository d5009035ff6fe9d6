using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Node.Ledger;

/// <summary>A leaf of the tail: the entry, its bytes and the first signed head that covers it.</summary>
public sealed record TailLeaf(LogEntry Entry, byte[] Leaf, Checkpoint Head, string Note);

/// <summary>
/// The newest part of the log as this process wrote it: while it leads, whoever follows the log here need not read back what was committed and published a moment ago. It
/// holds only what is durable and signed, and forgets everything when the process ceases to lead or is in doubt; whoever finds too little here looks at the database.
/// </summary>
public sealed class LogTail
{
    private const int Most = 1024;
    private readonly Lock gate = new();
    private readonly Queue<TailLeaf> leaves = new();
    private readonly Dictionary<Guid, TailLeaf> byEvent = [];
    private TreeEdge? edge;
    private long end;

    /// <summary>Vault entries of the newest appends, whoever leads.</summary>
    public SealedEntries Sealed { get; } = new();

    /// <summary>The process leads, from a log of this size on.</summary>
    internal void Begin(long size, TreeEdge loaded)
    {
        lock (gate)
        {
            Clear();
            (edge, end) = (loaded, size);
        }
    }

    /// <summary>The process leads no longer, or does not know whether what it wrote last was committed.</summary>
    internal void End()
    {
        lock (gate)
        {
            Clear();
        }
    }

    /// <summary>A batch is committed, and its head is signed and published.</summary>
    internal void Add(IReadOnlyList<TailLeaf> batch, TreeExtension extension)
    {
        lock (gate)
        {
            if (edge is null) return;
            foreach (var (tile, from, hashes) in extension.Tiles) edge.Add(tile, from, TreeHash.Sequence(hashes.Span));
            foreach (var leaf in batch)
            {
                leaves.Enqueue(leaf);
                byEvent[leaf.Entry.Event.Id] = leaf;
                end = leaf.Entry.Position;
            }

            while (leaves.Count > Most) byEvent.Remove(leaves.Dequeue().Entry.Event.Id);
        }
    }

    /// <summary>The published entries after a position, in order; none at the end of the log. Null where the tail does not reach back that far, or at all.</summary>
    public IReadOnlyList<LogEntry>? After(long position, int limit)
    {
        lock (gate)
        {
            var skipped = position - (end - leaves.Count);
            return edge is null || skipped < 0 || position > end ? null : [.. leaves.Skip((int)skipped).Take(limit).Select(leaf => leaf.Entry)];
        }
    }

    /// <summary>Proves all these events under the heads that covered them first; null where one of them, or a node that a proof needs, is not in the tail.</summary>
    /// <param name="from">Size from which consistency is to be proven where the head is of that size or larger; 0 for none.</param>
    public IReadOnlyDictionary<Guid, TailProof>? Prove(IReadOnlyCollection<Guid> events, long from)
    {
        lock (gate)
        {
            if (edge is null) return null;
            var proofs = new Dictionary<Guid, TailProof>(events.Count);
            var consistency = new Dictionary<long, TreeHash[]?>();
            foreach (var id in events)
            {
                if (!byEvent.TryGetValue(id, out var leaf)) return null;
                var (index, size) = (leaf.Entry.Index, leaf.Head.Size);
                var tree = new MerkleTree(size, edge.Node);
                if (!consistency.TryGetValue(size, out var grown))
                {
                    var proven = from > 0 && from <= size;
                    if (proven && !edge.Holds(ProofRanges.Consistency(from, size))) return null;
                    consistency[size] = grown = proven ? tree.Consistency(from) : null;
                }

                if (!edge.Holds(ProofRanges.Inclusion(index, size))) return null;
                proofs[id] = new(leaf, tree.Inclusion(index), grown);
            }

            return proofs;
        }
    }

    private void Clear()
    {
        leaves.Clear();
        byEvent.Clear();
        (edge, end) = (null, 0);
    }
}

/// <summary>A leaf of the tail with its proofs.</summary>
/// <param name="Consistency">From the size asked for; null where none was asked for or the head is smaller.</param>
public sealed record TailProof(TailLeaf Leaf, TreeHash[] Inclusion, TreeHash[]? Consistency);

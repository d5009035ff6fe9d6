using System.Numerics;

namespace MlatExchange.Protocol.Transparency;

/// <summary>
/// The right edge of an append-only tree: the roots of its perfect subtrees, one per set bit of the size, largest first. All that a
/// sequencer needs in memory to extend a log of any size. Immutable, so a commit that fails leaves nothing to undo.
/// </summary>
public sealed class TreeFrontier
{
    private readonly TreeHash[] peaks;

    private TreeFrontier(long size, TreeHash[] peaks) => (Size, this.peaks) = (size, peaks);

    /// <summary>The tree without leaves.</summary>
    public static TreeFrontier Empty { get; } = new(0, []);

    /// <summary>Leaves in the tree.</summary>
    public long Size { get; }

    /// <summary>The frontier of a tree whose tiles are stored: what a sequencer does when it starts.</summary>
    public static TreeFrontier Of(MerkleTree tree)
    {
        var peaks = new List<TreeHash>();
        for (long start = 0; start < tree.Size;)
        {
            var width = 1L << BitOperations.Log2((ulong)(tree.Size - start));
            peaks.Add(tree.Range(start, start + width));
            start += width;
        }
        return new(tree.Size, [.. peaks]);
    }

    /// <summary>The RFC 6962 root at this size.</summary>
    public TreeHash Root()
    {
        if (peaks.Length == 0)
        {
            return Rfc6962.EmptyRoot;
        }
        var root = peaks[^1];
        for (var i = peaks.Length - 2; i >= 0; i--)
        {
            root = Rfc6962.Node(peaks[i], root);
        }
        return root;
    }

    /// <summary>Appends leaf hashes in order: the frontier after them and the hashes to append to the stored tiles. About one node hash per leaf.</summary>
    public TreeExtension Extend(ReadOnlySpan<TreeHash> leafHashes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(leafHashes.Length, long.MaxValue - Size, nameof(leafHashes));
        var size = Size;
        Span<TreeHash> stack = stackalloc TreeHash[64];
        peaks.CopyTo(stack);
        var depth = peaks.Length;
        var stored = new TileAppends(size);
        foreach (var leaf in leafHashes)
        {
            var hash = leaf;
            stored.Add(0, hash);
            // Each trailing one bit of the size is a perfect subtree that this leaf completes into one twice as wide.
            for (var height = 1; (size >> (height - 1) & 1) == 1; height++)
            {
                hash = Rfc6962.Node(stack[--depth], hash);
                if (height % 8 == 0)
                {
                    stored.Add(height / 8, hash);
                }
            }
            stack[depth++] = hash;
            size++;
        }
        return new(new TreeFrontier(size, stack[..depth].ToArray()), stored.ByTile());
    }
}

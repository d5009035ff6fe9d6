using System.Numerics;

namespace MlatExchange.Protocol.Transparency;

/// <summary>
/// Reads a stored tile: at least the hashes it has at the tree's size, laid end to end; more are ignored. A missing tile is the
/// reader's to report (an exception): a log that lacks a tile cannot prove anything.
/// </summary>
public delegate ReadOnlyMemory<byte> TileReader(Tile tile);

/// <summary>Reads the hash of the 2^height leaves from leaf <c>index * 2^height</c> on.</summary>
public delegate TreeHash NodeReader(int height, long index);

/// <summary>
/// A tree of one size over stored tiles: roots and proofs (RFC 6962 section 2.1). Each tile is read and hashed up once for all proofs
/// asked of the same object, so proofs for a whole batch of leaves cost little more than one.
/// </summary>
public sealed class MerkleTree
{
    private readonly NodeReader node;

    /// <summary>A tree of <paramref name="size"/> leaves, 0 to 2^63 - 1.</summary>
    public MerkleTree(long size, TileReader read)
        : this(size, new ExpandedTiles(size, read).Node) { }

    /// <summary>The same over nodes that are held somewhere else.</summary>
    public MerkleTree(long size, NodeReader node)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        (Size, this.node) = (size, node);
    }

    /// <summary>Leaves in the tree.</summary>
    public long Size { get; }

    /// <summary>The root hash at this size.</summary>
    public TreeHash Root() => Size == 0 ? Rfc6962.EmptyRoot : Range(0, Size);

    /// <summary>The proof that the leaf at <paramref name="index"/> is in this tree, lowest node first (RFC 6962 2.1.1).</summary>
    public TreeHash[] Inclusion(long index) => Hashes(ProofRanges.Inclusion(index, Size));

    /// <summary>The proof that the tree of <paramref name="oldSize"/> leaves (1 or more) is a prefix of this one (RFC 6962 2.1.2); empty for the same size.</summary>
    public TreeHash[] Consistency(long oldSize) => Hashes(ProofRanges.Consistency(oldSize, Size));

    /// <summary>The hash of leaves <paramref name="start"/> to before <paramref name="end"/>, a node of this tree.</summary>
    public TreeHash Range(long start, long end)
    {
        var width = end - start;
        if (BitOperations.IsPow2(width))
        {
            var height = BitOperations.Log2((ulong)width);
            return node(height, start >> height);
        }
        var split = start + ProofRanges.Split(width);
        return Rfc6962.Node(Range(start, split), Range(split, end));
    }

    private TreeHash[] Hashes(List<(long Start, long End)> ranges) => [.. ranges.Select(range => Range(range.Start, range.End))];
}

/// <summary>Tiles of one size, each read and hashed up once.</summary>
internal sealed class ExpandedTiles(long size, TileReader read)
{
    private readonly Dictionary<Tile, TreeHash[][]> expanded = [];

    public TreeHash Node(int height, long index)
    {
        var (tile, row, at) = Tile.Of(height, index);
        return Expand(tile)[row][at];
    }

    private TreeHash[][] Expand(Tile tile)
    {
        if (expanded.TryGetValue(tile, out var rows))
        {
            return rows;
        }
        rows = new TreeHash[Tile.Rows][];
        rows[0] = TreeHash.Sequence(read(tile).Span[..(tile.WidthAt(size) * TreeHash.Length)]).ToArray();
        for (var row = 1; row < Tile.Rows; row++)
        {
            var below = rows[row - 1];
            var hashes = rows[row] = new TreeHash[below.Length / 2];
            for (var i = 0; i < hashes.Length; i++)
            {
                hashes[i] = Rfc6962.Node(below[2 * i], below[(2 * i) + 1]);
            }
        }
        return expanded[tile] = rows;
    }
}

using System.Runtime.InteropServices;

namespace MlatExchange.Protocol.Transparency;

/// <summary>
/// The nodes near the right edge of a growing tree: those of the last two tiles of each level, hashed up once as leaves come. A proof about a leaf that was just added
/// needs no others. A node never changes, so the same edge serves trees of several sizes. For one thread at a time.
/// </summary>
public sealed class TreeEdge
{
    private readonly Dictionary<Tile, List<TreeHash>[]> tiles = [];

    /// <summary>Whether all nodes of these ranges are held.</summary>
    public bool Holds(IEnumerable<(long Start, long End)> ranges) => ProofRanges.Tiles(ranges).All(tiles.ContainsKey);

    /// <summary>The node; reading one that is not held throws <see cref="KeyNotFoundException"/>: ask <see cref="Holds"/>.</summary>
    public TreeHash Node(int height, long index)
    {
        var (tile, row, at) = Tile.Of(height, index);
        return tiles[tile][row][at];
    }

    /// <summary>Takes hashes that were appended to a stored tile.</summary>
    /// <param name="from">How many the tile had before; what came before must have been taken.</param>
    public void Add(Tile tile, int from, ReadOnlySpan<TreeHash> hashes)
    {
        ref var rows = ref CollectionsMarshal.GetValueRefOrAddDefault(tiles, tile, out var known);
        if (!known)
        {
            rows = [.. Enumerable.Range(0, Tile.Rows).Select(_ => new List<TreeHash>())];
        }
        if (rows![0].Count != from)
        {
            throw new InvalidOperationException("hashes of a tile are taken in order");
        }
        rows[0].AddRange(hashes);
        for (var row = 1; row < Tile.Rows; row++)
        {
            var below = rows[row - 1];
            for (var i = rows[row].Count; i < below.Count / 2; i++)
            {
                rows[row].Add(Rfc6962.Node(below[2 * i], below[(2 * i) + 1]));
            }
        }
        tiles.Remove(new Tile(tile.Level, tile.Index - 2));
    }
}

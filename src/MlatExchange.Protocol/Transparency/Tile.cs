using System.Globalization;

namespace MlatExchange.Protocol.Transparency;

/// <summary>
/// One tile of C2SP tlog-tiles: up to 256 hashes laid end to end. Hash <c>i</c> of tile (level, index) is the RFC 6962 hash of the
/// 256^level leaves from leaf <c>(index * 256 + i) * 256^level</c> on.
/// </summary>
/// <param name="Level">0 for leaf hashes, up to 7 (a tree has at most 2^63 - 1 leaves).</param>
/// <param name="Index">Place of the tile in its level, from 0.</param>
public readonly record struct Tile(int Level, long Index)
{
    /// <summary>Hashes in a full tile.</summary>
    public const int FullWidth = 256;

    /// <summary>Bytes in a full tile.</summary>
    public const int FullLength = FullWidth * TreeHash.Length;

    /// <summary>Levels that a tree of at most 2^63 - 1 leaves can have.</summary>
    public const int Levels = 8;

    /// <summary>Rows of nodes in a tile: the stored one, and those up to the one below the next level's.</summary>
    public const int Rows = 8;

    /// <summary>Where a node stands: its tile, the row in it (0 for the stored one) and its place in the row.</summary>
    public static (Tile Tile, int Row, int At) Of(int height, long index)
    {
        var (level, row) = (height / Rows, height % Rows);
        var first = index << row;
        return (new Tile(level, first / FullWidth), row, (int)(first % FullWidth) >> row);
    }

    /// <summary>How many hashes this tile holds in a tree of that size: 0 to 256.</summary>
    public int WidthAt(long treeSize) => (int)Math.Clamp((treeSize >> (8 * Level)) - (Index * FullWidth), 0, FullWidth);

    /// <summary>Path below the log's prefix, such as <c>tile/0/x001/x234/067.p/112</c>; the suffix only where the tile is not full.</summary>
    public string Path(int width) => TilePath.Format(Level.ToString(CultureInfo.InvariantCulture), Index, width);

    /// <summary>Every tile, full or partial, that a tree of that size has (tlog-tiles, "Partial Tiles").</summary>
    public static IEnumerable<Tile> AllAt(long treeSize)
    {
        for (var level = 0; level < Levels && treeSize >> (8 * level) > 0; level++)
        {
            var hashes = treeSize >> (8 * level);
            for (long index = 0; index * FullWidth < hashes; index++)
            {
                yield return new Tile(level, index);
            }
        }
    }

    /// <summary>Reads a path that <see cref="Path"/> writes and no other spelling of it.</summary>
    public static bool TryParse(string path, out Tile tile, out int width)
    {
        tile = default;
        if (!TilePath.TryParse(path, out var kind, out var index, out width) || kind.Length != 1 || kind[0] is < '0' or > '7')
        {
            return false;
        }
        tile = new Tile(kind[0] - '0', index);
        return true;
    }
}

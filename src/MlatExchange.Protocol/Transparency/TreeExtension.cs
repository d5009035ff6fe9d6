namespace MlatExchange.Protocol.Transparency;

/// <summary>What one batch of leaves does to a log.</summary>
/// <param name="Frontier">The right edge after the batch; its <see cref="TreeFrontier.Root"/> is the new root.</param>
/// <param name="Tiles">Hashes to append to stored tiles, each tile once.</param>
public sealed record TreeExtension(TreeFrontier Frontier, IReadOnlyList<TileAppend> Tiles);

/// <summary>Hashes to append to one tile.</summary>
/// <param name="Tile">Which tile.</param>
/// <param name="From">How many hashes it held before: 0 for a new tile.</param>
/// <param name="Hashes">The new hashes laid end to end, 32 bytes each.</param>
public sealed record TileAppend(Tile Tile, int From, ReadOnlyMemory<byte> Hashes);

/// <summary>Collects the new hashes of each tile level and cuts them at tile boundaries.</summary>
internal sealed class TileAppends(long sizeBefore)
{
    private readonly List<TreeHash>?[] levels = new List<TreeHash>?[Tile.Levels];

    internal void Add(int level, in TreeHash hash) => (levels[level] ??= []).Add(hash);

    internal IReadOnlyList<TileAppend> ByTile()
    {
        var appends = new List<TileAppend>();
        for (var level = 0; level < Tile.Levels && levels[level] is { } hashes; level++)
        {
            var position = sizeBefore >> (8 * level);
            for (var taken = 0; taken < hashes.Count;)
            {
                var from = (int)(position % Tile.FullWidth);
                var count = Math.Min(Tile.FullWidth - from, hashes.Count - taken);
                var bytes = TreeHash.Bytewise(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(hashes).Slice(taken, count)).ToArray();
                appends.Add(new(new Tile(level, position / Tile.FullWidth), from, bytes));
                (taken, position) = (taken + count, position + count);
            }
        }
        return appends;
    }
}

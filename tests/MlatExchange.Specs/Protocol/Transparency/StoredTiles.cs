using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Specs.Protocol.Transparency;

/// <summary>Tiles kept in memory as a ledger keeps them: hashes are only ever appended.</summary>
public sealed class StoredTiles
{
    private readonly Dictionary<Tile, byte[]> tiles = [];

    public TreeFrontier Frontier { get; private set; } = TreeFrontier.Empty;

    public List<Tile> Read { get; } = [];

    public void Append(ReadOnlySpan<TreeHash> leafHashes)
    {
        var extension = Frontier.Extend(leafHashes);
        foreach (var append in extension.Tiles)
        {
            var before = tiles.GetValueOrDefault(append.Tile, []);
            Assert.Equal(before.Length, append.From * TreeHash.Length);
            tiles[append.Tile] = [.. before, .. append.Hashes.Span];
        }
        Frontier = extension.Frontier;
    }

    public MerkleTree Tree() => Tree(Frontier.Size);

    public MerkleTree Tree(long size) => new(size, tile =>
    {
        Read.Add(tile);
        return tiles[tile];
    });

    public IReadOnlyDictionary<Tile, byte[]> All => tiles;
}

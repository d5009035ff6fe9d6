using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Specs.Protocol.Transparency;

public class TilePathSpecs
{
    [Theory]
    [InlineData(0, 1234067, 256, "tile/0/x001/x234/067")]
    [InlineData(1, 0, 17, "tile/1/000.p/17")]
    [InlineData(7, 999, 1, "tile/7/999.p/1")]
    [InlineData(2, 1000, 255, "tile/2/x001/000.p/255")]
    public void A_tile_has_exactly_one_path(int level, long index, int width, string path)
    {
        Assert.Equal(path, new Tile(level, index).Path(width));
        Assert.True(Tile.TryParse(path, out var tile, out var read));
        Assert.Equal((new Tile(level, index), width), (tile, read));
    }

    [Theory]
    [InlineData("tile/0/x001/x234/067.p/256")]
    [InlineData("tile/0/x001/x234/067.p/0")]
    [InlineData("tile/0/x001/x234/067.p/07")]
    [InlineData("tile/0/x000/067")]
    [InlineData("tile/00/067")]
    [InlineData("tile/8/067")]
    [InlineData("tile/-1/067")]
    [InlineData("tile/0/67")]
    [InlineData("tile/0/001/067")]
    [InlineData("tile/0/x001/x067")]
    [InlineData("tile/0/067/")]
    [InlineData("tile/0/../067")]
    [InlineData("tile/0/067.p/1.p/1")]
    [InlineData("tile/0/x123/x456/x789/x012/x345/x678/x901/234")]
    [InlineData("tile/entries/067")]
    [InlineData("tile/0/")]
    [InlineData("")]
    public void Any_other_spelling_is_refused(string path) => Assert.False(Tile.TryParse(path, out _, out _));

    [Fact]
    public void Entry_bundles_have_paths_and_bytes_of_their_own()
    {
        Assert.Equal("tile/entries/x001/234.p/7", EntryBundle.Path(1234, 7));
        Assert.True(EntryBundle.TryParse("tile/entries/x001/234.p/7", out var index, out var width));
        Assert.Equal((1234, 7), (index, width));
        Assert.False(EntryBundle.TryParse("tile/0/x001/234.p/7", out _, out _));

        byte[][] leaves = [[1, 2, 3], [], new byte[65_535]];
        var bundle = EntryBundle.Write([.. leaves.Select(leaf => (ReadOnlyMemory<byte>)leaf)]);
        Assert.Equal([0, 3, 1, 2, 3, 0, 0, 255, 255], bundle[..9]);
        Assert.Equal(leaves, EntryBundle.Read(bundle)!.Select(leaf => leaf.ToArray()));
        Assert.Null(EntryBundle.Read(bundle.AsMemory(0, bundle.Length - 1)));
        Assert.Null(EntryBundle.Read(new byte[] { 0 }));
        Assert.Null(EntryBundle.Read(new byte[2 * 257]));
        Assert.Throws<ArgumentException>(() => EntryBundle.Write([new byte[65_536]]));
    }
}

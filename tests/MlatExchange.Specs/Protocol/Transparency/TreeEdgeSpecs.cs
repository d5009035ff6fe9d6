using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Specs.Protocol.Transparency;

public class TreeEdgeSpecs
{
    [Fact]
    public void Proofs_about_what_was_just_added_are_those_of_the_stored_tiles_at_every_size_it_passes()
    {
        var (stored, edge) = (new StoredTiles(), new TreeEdge());
        var n = 0;
        foreach (var batch in (int[])[1, 2, 250, 3, 1, 255, 65_000, 7, 290, 1, 511, 64])
        {
            var hashes = Enumerable.Range(n, batch).Select(i => Rfc6962.Leaf(BitConverter.GetBytes(i))).ToArray();
            foreach (var (tile, from, added) in stored.Frontier.Extend(hashes).Tiles)
                edge.Add(tile, from, TreeHash.Sequence(added.Span));
            stored.Append(hashes);
            var (before, size) = (n, n += batch);
            var (near, whole) = (new MerkleTree(size, edge.Node), stored.Tree());

            Assert.Equal(whole.Root(), near.Root());
            foreach (var index in (long[])[Math.Max(before, size - 256), size - (batch / 2) - 1, size - 1])
            {
                if (index < size - 256) continue;
                Assert.True(edge.Holds(ProofRanges.Inclusion(index, size)));
                Assert.Equal(whole.Inclusion(index), near.Inclusion(index));
            }

            if (before > 0 && batch < 256)
            {
                Assert.True(edge.Holds(ProofRanges.Consistency(before, size)));
                Assert.Equal(whole.Consistency(before), near.Consistency(before));
            }
        }

        Assert.False(edge.Holds(ProofRanges.Inclusion(0, n)));
        Assert.False(edge.Holds(ProofRanges.Consistency(1, n)));
    }

    [Fact]
    public void Hashes_out_of_order_are_refused()
    {
        var edge = new TreeEdge();
        Assert.Throws<InvalidOperationException>(() => edge.Add(new Tile(0, 0), 1, [default]));
        edge.Add(new Tile(0, 0), 0, [default]);
        Assert.Throws<InvalidOperationException>(() => edge.Add(new Tile(0, 0), 0, [default]));
    }
}

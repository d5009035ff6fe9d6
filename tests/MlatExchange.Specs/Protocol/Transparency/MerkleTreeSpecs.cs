using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Specs.Protocol.Transparency;

public class MerkleTreeSpecs
{
    [Fact]
    public void Every_root_and_proof_up_to_64_leaves_is_the_one_of_the_text() => AgainstTheText(64, 64);

    [Fact]
    [Trait("Category", "Long")]
    public void Every_root_and_proof_up_to_257_leaves_is_the_one_of_the_text() => AgainstTheText(257, 257);

    [Fact]
    public void A_tree_of_70000_leaves_has_the_tiles_that_the_tile_format_names()
    {
        var stored = Stored(70_000, batch: 4093);
        var widths = stored.All.ToDictionary(tile => tile.Key, tile => tile.Value.Length / TreeHash.Length);
        Assert.Equal(273, widths.Count(tile => tile.Key.Level == 0 && tile.Value == 256));
        Assert.Equal(112, widths[new Tile(0, 273)]);
        Assert.Equal(256, widths[new Tile(1, 0)]);
        Assert.Equal(17, widths[new Tile(1, 1)]);
        Assert.Equal(1, widths[new Tile(2, 0)]);
        Assert.Equal(Tile.AllAt(70_000).ToHashSet(), widths.Keys.ToHashSet());
        Assert.All(widths, tile => Assert.Equal(tile.Key.WidthAt(70_000), tile.Value));
    }

    [Fact]
    public void Batches_of_any_size_give_the_same_tiles_and_root()
    {
        var one = Stored(1000, batch: 1);
        var many = Stored(1000, batch: 337);
        Assert.Equal(one.Frontier.Root(), many.Frontier.Root());
        Assert.Equal(one.All.OrderBy(t => (t.Key.Level, t.Key.Index)).SelectMany(t => t.Value), many.All.OrderBy(t => (t.Key.Level, t.Key.Index)).SelectMany(t => t.Value));
    }

    [Fact]
    public void A_sequencer_that_starts_again_finds_its_frontier_in_the_tiles()
    {
        var stored = Stored(66_001, batch: 5000);
        var found = TreeFrontier.Of(stored.Tree());
        Assert.Equal(stored.Frontier.Root(), found.Root());
        Assert.Equal(stored.Frontier.Extend([default]).Frontier.Root(), found.Extend([default]).Frontier.Root());
    }

    [Fact]
    public void Proofs_over_a_large_tree_verify_and_read_only_the_tiles_that_were_announced()
    {
        var stored = Stored(200_001, batch: 8192);
        var root = stored.Frontier.Root();
        foreach (var index in new long[] { 0, 255, 256, 65_535, 65_536, 131_071, 199_999, 200_000 })
        {
            stored.Read.Clear();
            var proof = stored.Tree().Inclusion(index);
            Assert.True(InclusionProof.Verify(index, 200_001, Rfc6962.Leaf(ReferenceTree.Leaf((int)index)), proof, root));
            Assert.False(InclusionProof.Verify(index ^ 1, 200_001, Rfc6962.Leaf(ReferenceTree.Leaf((int)index)), proof, root));
            Assert.Equal(stored.Read.ToHashSet(), ProofRanges.Tiles(ProofRanges.Inclusion(index, 200_001)).ToHashSet());
            Assert.Equal(stored.Read.Count, stored.Read.Distinct().Count());
        }
        foreach (var size in new long[] { 1, 255, 256, 257, 65_536, 131_072, 199_999, 200_001 })
        {
            stored.Read.Clear();
            var proof = stored.Tree().Consistency(size);
            Assert.Equal(stored.Read.ToHashSet(), ProofRanges.Tiles(ProofRanges.Consistency(size, 200_001)).ToHashSet());
            Assert.True(ConsistencyProof.Verify(size, 200_001, stored.Tree(size).Root(), proof, root));
        }
    }

    [Fact]
    public void A_tree_without_leaves_has_the_hash_of_nothing_and_no_proofs()
    {
        Assert.Equal(Rfc6962.EmptyRoot, TreeFrontier.Empty.Root());
        Assert.Equal("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", new MerkleTree(0, _ => default).Root().ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => new MerkleTree(0, _ => default).Inclusion(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MerkleTree(-1, _ => default));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MerkleTree(5, _ => default).Consistency(0));
    }

    private static StoredTiles Stored(int leaves, int batch)
    {
        var stored = new StoredTiles();
        for (var from = 0; from < leaves; from += batch)
        {
            stored.Append([.. Enumerable.Range(from, Math.Min(batch, leaves - from)).Select(i => Rfc6962.Leaf(ReferenceTree.Leaf(i)))]);
        }
        return stored;
    }

    private static void AgainstTheText(int largest, int step)
    {
        var leaves = ReferenceTree.Leaves(largest);
        var stored = Stored(largest, step);
        for (var n = 1; n <= largest; n++)
        {
            var d = leaves.AsSpan(0, n);
            var (tree, root) = (stored.Tree(n), TreeHash.From(ReferenceTree.Mth(d)));
            Assert.Equal(root, tree.Root());
            for (var i = 0; i < n; i++)
            {
                var proof = tree.Inclusion(i);
                Assert.Equal(ReferenceTree.Hashes(ReferenceTree.Path(i, d)), proof);
                Assert.True(InclusionProof.Verify(i, n, Rfc6962.Leaf(leaves[i]), proof, root));
            }
            for (var m = 1; m <= n; m++)
            {
                var proof = tree.Consistency(m);
                Assert.Equal(ReferenceTree.Hashes(ReferenceTree.Proof(m, d)), proof);
                Assert.True(ConsistencyProof.Verify(m, n, stored.Tree(m).Root(), proof, root));
            }
        }
    }
}

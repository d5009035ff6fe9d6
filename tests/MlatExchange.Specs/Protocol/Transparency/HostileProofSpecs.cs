using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Specs.Protocol.Transparency;

/// <summary>Fault E10: proofs with extra, missing or swapped nodes, impossible numbers, and a node passed off as a leaf.</summary>
public class HostileProofSpecs
{
    private const int Size = 37;
    private static readonly StoredTiles Log = Build();

    [Fact]
    public void One_node_more_less_or_swapped_is_refused_at_every_place()
    {
        for (var i = 0; i < Size; i++)
        {
            var proof = Log.Tree().Inclusion(i);
            Assert.All(Mutations(proof), bad => Assert.False(InclusionProof.Verify(i, Size, LeafHash(i), bad, Log.Frontier.Root())));
        }
        for (var m = 1; m < Size; m++)
        {
            var proof = Log.Tree().Consistency(m);
            Assert.All(Mutations(proof), bad => Assert.False(ConsistencyProof.Verify(m, Size, Log.Tree(m).Root(), bad, Log.Frontier.Root())));
        }
    }

    [Theory]
    [InlineData(37, 37)]
    [InlineData(38, 37)]
    [InlineData(0, 0)]
    [InlineData(0, -1)]
    [InlineData(-1, 37)]
    [InlineData(5, long.MinValue)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(5, long.MaxValue)]
    public void Impossible_numbers_are_refused(long index, long size)
    {
        Assert.False(InclusionProof.Verify(index, size, LeafHash(5), Log.Tree().Inclusion(5), Log.Frontier.Root()));
        Assert.False(ConsistencyProof.Verify(index, size, Log.Tree(5).Root(), Log.Tree().Consistency(5), Log.Frontier.Root()));
    }

    [Fact]
    public void Nothing_is_proven_from_an_empty_tree()
    {
        Assert.False(ConsistencyProof.Verify(0, Size, Rfc6962.EmptyRoot, [], Log.Frontier.Root()));
        Assert.False(ConsistencyProof.Verify(0, 0, Rfc6962.EmptyRoot, [], Rfc6962.EmptyRoot));
    }

    [Fact]
    public void A_checkpoint_of_two_to_the_63_leaves_cannot_be_read()
    {
        Assert.NotNull(Checkpoint.Read($"log.example/1\n9223372036854775807\n{Rfc6962.EmptyRoot}\n"));
        Assert.Null(Checkpoint.Read($"log.example/1\n9223372036854775808\n{Rfc6962.EmptyRoot}\n"));
    }

    [Fact]
    public void An_inner_node_is_no_leaf()
    {
        byte[] children = [.. LeafHash(0).Bytes, .. LeafHash(1).Bytes];
        var proof = Log.Tree().Inclusion(0);
        // Without the prefixes the parent of leaves 0 and 1 would pass as a leaf of a tree half as large.
        Assert.Equal(Log.Tree().Range(0, 2), Rfc6962.Node(LeafHash(0), LeafHash(1)));
        Assert.NotEqual(Log.Tree().Range(0, 2), Rfc6962.Leaf(children));
        Assert.False(InclusionProof.Verify(0, (Size + 1) / 2, Rfc6962.Leaf(children), proof.AsSpan(1), Log.Frontier.Root()));
    }

    private static IEnumerable<TreeHash[]> Mutations(TreeHash[] proof)
    {
        for (var at = 0; at <= proof.Length; at++)
        {
            yield return [.. proof[..at], LeafHash(at), .. proof[at..]];
            yield return [.. proof[..at], Log.Frontier.Root(), .. proof[at..]];
        }
        for (var at = 0; at < proof.Length; at++)
        {
            yield return [.. proof[..at], .. proof[(at + 1)..]];
            byte[] flipped = [.. proof[at].Bytes];
            flipped[at % 32] ^= 1;
            yield return [.. proof[..at], TreeHash.From(flipped), .. proof[(at + 1)..]];
        }
        for (var at = 1; at < proof.Length; at++)
        {
            yield return [.. proof[..(at - 1)], proof[at], proof[at - 1], .. proof[(at + 1)..]];
        }
    }

    private static TreeHash LeafHash(int i) => Rfc6962.Leaf(ReferenceTree.Leaf(i));

    private static StoredTiles Build()
    {
        var stored = new StoredTiles();
        stored.Append([.. Enumerable.Range(0, Size).Select(LeafHash)]);
        return stored;
    }
}

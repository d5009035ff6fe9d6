namespace MlatExchange.Protocol.Transparency;

/// <summary>Proof of being logged: the node hashes from a leaf up to the root of a checkpoint (RFC 6962 2.1.1).</summary>
public static class InclusionProof
{
    /// <summary>Most nodes a proof can have: one per level of a tree of 2^63 - 1 leaves.</summary>
    public const int MaximumNodes = 63;

    /// <summary>Whether the leaf is in the tree. Extra, missing or swapped nodes, an index at or past the size, and sizes below 1 are false.</summary>
    public static bool Verify(long index, long size, in TreeHash leafHash, ReadOnlySpan<TreeHash> proof, in TreeHash root) =>
        SubtreeProof.VerifyInclusion(index, 0, size, leafHash, proof, root);
}

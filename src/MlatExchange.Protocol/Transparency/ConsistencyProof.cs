namespace MlatExchange.Protocol.Transparency;

/// <summary>Proof that a log only grew: the tree of an older checkpoint is a prefix of a newer one's (RFC 6962 2.1.2).</summary>
public static class ConsistencyProof
{
    /// <summary>
    /// Whether the older tree is a prefix of the newer. Same size: the proof is empty and the roots are the same. From size 0 there is
    /// nothing to prove and the answer is false: a caller that knows no older checkpoint must not ask.
    /// </summary>
    public static bool Verify(long oldSize, long size, in TreeHash oldRoot, ReadOnlySpan<TreeHash> proof, in TreeHash root) =>
        SubtreeProof.VerifyConsistency(0, oldSize, size, oldRoot, proof, root);
}

using System.Numerics;

namespace MlatExchange.Protocol.Transparency;

/// <summary>
/// Proofs about a subtree, the leaves from start to before end where start is a multiple of the width rounded up to a power of two.
/// With start 0 these are the proofs of RFC 6962 (verified as RFC 9162 2.1.3.2 and 2.1.4.2 write it down), so there is one
/// algorithm for both. Nothing here throws: what cannot be right is false, whatever the numbers are.
/// </summary>
public static class SubtreeProof
{
    /// <summary>True when the range is a subtree of some tree: 0 &lt;= start &lt; end and start aligned to the width.</summary>
    public static bool IsSubtree(long start, long end) =>
        start >= 0 && start < end && (start & ((long)BitOperations.RoundUpToPowerOf2((ulong)(end - start)) - 1)) == 0;

    /// <summary>Whether <paramref name="proof"/> (lowest node first) leads from the leaf hash at <paramref name="index"/> to the root of the subtree.</summary>
    public static bool VerifyInclusion(long index, long start, long end, in TreeHash leafHash, ReadOnlySpan<TreeHash> proof, in TreeHash root)
    {
        if (!IsSubtree(start, end) || index < start || index >= end)
        {
            return false;
        }
        var (position, last) = (index - start, end - start - 1);
        var hash = leafHash;
        foreach (ref readonly var sibling in proof)
        {
            if (last == 0)
            {
                return false; // a node too many
            }
            if ((position & 1) == 1 || position == last)
            {
                hash = Rfc6962.Node(sibling, hash);
                while ((position & 1) == 0)
                {
                    (position, last) = (position >> 1, last >> 1);
                }
            }
            else
            {
                hash = Rfc6962.Node(hash, sibling);
            }
            (position, last) = (position >> 1, last >> 1);
        }
        return last == 0 && hash == root;
    }

    /// <summary>Whether the subtree with that root is part of the tree of <paramref name="size"/> leaves with that root.</summary>
    public static bool VerifyConsistency(long start, long end, long size, in TreeHash subtreeRoot, ReadOnlySpan<TreeHash> proof, in TreeHash root)
    {
        if (!IsSubtree(start, end) || end > size)
        {
            return false;
        }
        var (first, second, last) = (start, end - 1, size - 1);
        // Up to the lowest node where the subtree's right edge needs a sibling that is not its own.
        while (first != second && (second == last || (second & 1) == 1))
        {
            (first, second, last) = (first >> 1, second >> 1, last >> 1);
        }
        if (first != second && proof.IsEmpty)
        {
            return false;
        }
        var seed = first == second ? subtreeRoot : proof[0];
        var (old, now) = (seed, seed);
        foreach (ref readonly var sibling in first == second ? proof : proof[1..])
        {
            if (last == 0)
            {
                return false; // a node too many
            }
            if ((second & 1) == 1 || second == last)
            {
                old = first < second ? Rfc6962.Node(sibling, old) : old;
                now = Rfc6962.Node(sibling, now);
                while ((second & 1) == 0)
                {
                    (first, second, last) = (first >> 1, second >> 1, last >> 1);
                }
            }
            else
            {
                now = Rfc6962.Node(now, sibling);
            }
            (first, second, last) = (first >> 1, second >> 1, last >> 1);
        }
        return last == 0 && old == subtreeRoot && now == root;
    }
}

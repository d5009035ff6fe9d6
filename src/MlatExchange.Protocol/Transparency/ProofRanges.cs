using System.Numerics;

namespace MlatExchange.Protocol.Transparency;

/// <summary>Which ranges of leaves the nodes of a proof stand for, lowest first: the shape of a proof, before any hash is read.</summary>
public static class ProofRanges
{
    /// <summary>RFC 6962 2.1.1, PATH(index, D[size]).</summary>
    public static List<(long Start, long End)> Inclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var ranges = new List<(long, long)>();
        Descend(index, 0, size, ranges);
        ranges.Reverse();
        return ranges;
    }

    /// <summary>RFC 6962 2.1.2, PROOF(oldSize, D[size]).</summary>
    public static List<(long Start, long End)> Consistency(long oldSize, long size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(oldSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, size);
        if (oldSize == size)
        {
            return [];
        }
        var ranges = new List<(long, long)>();
        var (start, end) = Descend(oldSize - 1, 0, size, ranges, until: oldSize);
        if (start > 0)
        {
            // The old tree's last perfect subtree; when it is the whole old tree the verifier has it already, as the old root.
            ranges.Add((start, end));
        }
        ranges.Reverse();
        return ranges;
    }

    /// <summary>The tiles that the proof nodes of those ranges are read from, each once: what to fetch in one query before building the proof.</summary>
    public static IReadOnlyCollection<Tile> Tiles(IEnumerable<(long Start, long End)> ranges)
    {
        var tiles = new HashSet<Tile>();
        foreach (var (from, end) in ranges)
        {
            for (var start = from; start < end;)
            {
                var height = BitOperations.Log2((ulong)(end - start));
                tiles.Add(new Tile(height / 8, start >> (8 * (height / 8)) >> 8));
                start += 1L << height;
            }
        }
        return tiles;
    }

    /// <summary>The largest power of two below <paramref name="width"/> (RFC 6962 2.1); the width must be 2 or more.</summary>
    internal static long Split(long width) => 1L << BitOperations.Log2((ulong)(width - 1));

    /// <summary>Walks from the root to a leaf, or to the subtree that ends exactly at <paramref name="until"/>, noting each sibling.</summary>
    private static (long Start, long End) Descend(long index, long start, long end, List<(long, long)> siblings, long until = -1)
    {
        while (end - start > 1 && end != until)
        {
            var split = start + Split(end - start);
            if (index < split)
            {
                siblings.Add((split, end));
                end = split;
            }
            else
            {
                siblings.Add((start, split));
                start = split;
            }
        }
        return (start, end);
    }
}

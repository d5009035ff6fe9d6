using System.Security.Cryptography;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Specs.Protocol.Transparency;

/// <summary>RFC 6962 section 2.1 written out as the text has it, from leaves alone: slow, obvious, and sharing no code with what it judges.</summary>
public static class ReferenceTree
{
    public static byte[] Leaf(int i) => BitConverter.GetBytes(i * 2654435761L);

    public static byte[][] Leaves(int n) => [.. Enumerable.Range(0, n).Select(Leaf)];

    public static byte[] Mth(ReadOnlySpan<byte[]> d) => d.Length switch
    {
        0 => SHA256.HashData([]),
        1 => SHA256.HashData([0, .. d[0]]),
        _ => SHA256.HashData([1, .. Mth(d[..Split(d.Length)]), .. Mth(d[Split(d.Length)..])]),
    };

    public static List<byte[]> Path(int m, ReadOnlySpan<byte[]> d)
    {
        if (d.Length == 1)
        {
            return [];
        }
        var k = Split(d.Length);
        return m < k ? [.. Path(m, d[..k]), Mth(d[k..])] : [.. Path(m - k, d[k..]), Mth(d[..k])];
    }

    public static List<byte[]> Proof(int m, ReadOnlySpan<byte[]> d) => SubProof(m, d, complete: true);

    public static TreeHash[] Hashes(IEnumerable<byte[]> hashes) => [.. hashes.Select(hash => TreeHash.From(hash))];

    private static List<byte[]> SubProof(int m, ReadOnlySpan<byte[]> d, bool complete)
    {
        if (m == d.Length)
        {
            return complete ? [] : [Mth(d)];
        }
        var k = Split(d.Length);
        return m <= k ? [.. SubProof(m, d[..k], complete), Mth(d[k..])] : [.. SubProof(m - k, d[k..], false), Mth(d[..k])];
    }

    private static int Split(int n)
    {
        var k = 1;
        while (k * 2 < n)
        {
            k *= 2;
        }
        return k;
    }
}

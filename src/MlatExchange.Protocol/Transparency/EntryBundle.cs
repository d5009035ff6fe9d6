using System.Buffers.Binary;

namespace MlatExchange.Protocol.Transparency;

/// <summary>Up to 256 leaves as C2SP tlog-tiles serves them: each a big-endian uint16 length and the leaf's bytes.</summary>
public static class EntryBundle
{
    /// <summary>Longest leaf that fits, in bytes.</summary>
    public const int MaximumLeaf = ushort.MaxValue;

    /// <summary>Path below the log's prefix, such as <c>tile/entries/x001/234.p/7</c>.</summary>
    public static string Path(long index, int width) => TilePath.Format("entries", index, width);

    /// <summary>Reads a path that <see cref="Path"/> writes and no other spelling of it.</summary>
    public static bool TryParse(string path, out long index, out int width) => TilePath.TryParse(path, out var kind, out index, out width) && kind == "entries";

    /// <summary>The bytes of a bundle; a leaf over 65,535 bytes is an <see cref="ArgumentException"/>.</summary>
    public static byte[] Write(IReadOnlyCollection<ReadOnlyMemory<byte>> leaves)
    {
        if (leaves.Any(leaf => leaf.Length > MaximumLeaf))
        {
            throw new ArgumentException($"a leaf has at most {MaximumLeaf} bytes", nameof(leaves));
        }
        var bundle = new byte[leaves.Sum(leaf => 2 + leaf.Length)];
        var rest = bundle.AsSpan();
        foreach (var leaf in leaves)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)leaf.Length);
            leaf.Span.CopyTo(rest[2..]);
            rest = rest[(2 + leaf.Length)..];
        }
        return bundle;
    }

    /// <summary>The leaves of a bundle in order, as views into it; null when it is cut short or holds more than 256.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? Read(ReadOnlyMemory<byte> bundle)
    {
        var leaves = new List<ReadOnlyMemory<byte>>();
        while (!bundle.IsEmpty)
        {
            var length = bundle.Length < 2 ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            if (leaves.Count == Tile.FullWidth || length > bundle.Length - 2)
            {
                return null;
            }
            leaves.Add(bundle.Slice(2, length));
            bundle = bundle[(2 + length)..];
        }
        return leaves;
    }
}

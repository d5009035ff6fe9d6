using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MlatExchange.Protocol.Transparency;

/// <summary>The hashes of RFC 6962 section 2.1: a leaf and an inner node never hash alike, because each has its own first byte.</summary>
public static class Rfc6962
{
    private const int StackLimit = 4096;

    /// <summary>The hash of a tree without leaves: SHA-256 of nothing.</summary>
    public static TreeHash EmptyRoot { get; } = TreeHash.From(SHA256.HashData([]));

    /// <summary>SHA-256(0x00, leaf).</summary>
    public static TreeHash Leaf(ReadOnlySpan<byte> leaf)
    {
        byte[]? rented = leaf.Length < StackLimit ? null : ArrayPool<byte>.Shared.Rent(leaf.Length + 1);
        Span<byte> input = rented ?? stackalloc byte[StackLimit];
        input[0] = 0;
        leaf.CopyTo(input[1..]);
        TreeHash hash = default;
        SHA256.HashData(input[..(leaf.Length + 1)], hash);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
        return hash;
    }

    /// <summary>SHA-256(0x01, left, right).</summary>
    public static TreeHash Node(in TreeHash left, in TreeHash right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * TreeHash.Length)];
        input[0] = 1;
        MemoryMarshal.Write(input[1..], in left);
        MemoryMarshal.Write(input[(1 + TreeHash.Length)..], in right);
        TreeHash hash = default;
        SHA256.HashData(input, hash);
        return hash;
    }
}

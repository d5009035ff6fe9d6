using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MlatExchange.Protocol.Transparency;

/// <summary>A SHA-256 node hash of a Merkle tree: 32 bytes held in place, so that trees and tiles are flat memory.</summary>
[InlineArray(Length)]
public struct TreeHash : IEquatable<TreeHash>
{
    /// <summary>Bytes in a hash.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    private byte first;

    /// <summary>The bytes, without a copy.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Bytes => MemoryMarshal.CreateReadOnlySpan(in first, Length);

    /// <summary>Copies 32 bytes; any other length is an <see cref="ArgumentException"/>.</summary>
    public static TreeHash From(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"a tree hash has {Length} bytes, not {bytes.Length}", nameof(bytes));
        }
        TreeHash hash = default;
        bytes.CopyTo(hash);
        return hash;
    }

    /// <summary>Hashes laid end to end, as a tile stores them, read in place.</summary>
    public static ReadOnlySpan<TreeHash> Sequence(ReadOnlySpan<byte> tile) => MemoryMarshal.Cast<byte, TreeHash>(tile);

    /// <summary>The bytes of hashes laid end to end.</summary>
    public static ReadOnlySpan<byte> Bytewise(ReadOnlySpan<TreeHash> hashes) => MemoryMarshal.AsBytes(hashes);

    /// <inheritdoc/>
    public readonly bool Equals(TreeHash other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is TreeHash other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => MemoryMarshal.Read<int>(Bytes);

    /// <summary>Standard Base64, as checkpoints write it (C2SP tlog-checkpoint).</summary>
    public override readonly string ToString() => Convert.ToBase64String(Bytes);

    public static bool operator ==(TreeHash left, TreeHash right) => left.Equals(right);

    public static bool operator !=(TreeHash left, TreeHash right) => !left.Equals(right);
}

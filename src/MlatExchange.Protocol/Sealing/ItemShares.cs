using System.Security.Cryptography;

namespace MlatExchange.Protocol.Sealing;

/// <summary>
/// The two shares of one item's key, 32 random bytes each: A for the prosecutor who asked, B for the supplier's node until conditions
/// are accepted. Either alone says nothing about the key, which is A xor B.
/// </summary>
public sealed class ItemShares
{
    /// <summary>Bytes of a share.</summary>
    public const int Length = 32;

    private ItemShares(byte[] a, byte[] b) => (A, B) = (a, b);

    /// <summary>Share A.</summary>
    public byte[] A { get; }

    /// <summary>Share B.</summary>
    public byte[] B { get; }

    /// <summary>Fresh shares, never used for a second sealing.</summary>
    public static ItemShares Draw(RandomSource random)
    {
        var (a, b) = (new byte[Length], new byte[Length]);
        random(a);
        random(b);
        return new(a, b);
    }

    /// <summary>Two shares that came back; null when one has not 32 bytes.</summary>
    public static ItemShares? Of(byte[] a, byte[] b) => a.Length == Length && b.Length == Length ? new(a, b) : null;

    /// <summary>The input key of the chunked encryption, A xor B.</summary>
    public byte[] InputKey()
    {
        var key = new byte[Length];
        for (var i = 0; i < Length; i++)
        {
            key[i] = (byte)(A[i] ^ B[i]);
        }
        return key;
    }

    /// <summary>Overwrites both shares.</summary>
    public void Clear()
    {
        CryptographicOperations.ZeroMemory(A);
        CryptographicOperations.ZeroMemory(B);
    }
}

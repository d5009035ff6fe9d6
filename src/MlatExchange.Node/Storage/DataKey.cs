using System.Security.Cryptography;

namespace MlatExchange.Node.Storage;

/// <summary>
/// A data key in the clear, in memory only: 32 bytes (AES-256) in one pinned place that no collection copies elsewhere, overwritten when the key is destroyed or
/// no longer kept. Whoever needs it takes a copy to the stack and overwrites that after use.
/// </summary>
/// <param name="instance">Random number of this key: one made anew under the same id has another.</param>
/// <param name="madeAt">When it was made, UTC, to the millisecond.</param>
public sealed class DataKey(ulong instance, DateTimeOffset madeAt)
{
    /// <summary>Bytes of a key.</summary>
    public const int Length = 32;

    private readonly byte[] bytes = GC.AllocateArray<byte>(Length, pinned: true);
    private readonly Lock gate = new();
    private bool forgotten;

    internal DataKey(ulong instance, DateTimeOffset madeAt, ReadOnlySpan<byte> key)
        : this(instance, madeAt) => key.CopyTo(bytes);

    public ulong Instance => instance;

    public DateTimeOffset MadeAt => madeAt;

    /// <summary>False when the key was overwritten meanwhile: look for it again. Never a key of zeros.</summary>
    public bool TryCopy(Span<byte> to)
    {
        lock (gate)
        {
            if (forgotten) return false;
            bytes.CopyTo(to);
            return true;
        }
    }

    internal void Forget()
    {
        lock (gate)
        {
            forgotten = true;
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}

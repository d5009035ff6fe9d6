using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace MlatExchange.Node.Storage;

/// <summary>
/// The key-encryption keys, one per epoch, each a file <c>epochs/&lt;number&gt;.kek</c>: end of the epoch (8 bytes, Unix milliseconds, big endian), key (32 bytes).
/// There is one file, and two while an epoch is being rolled. Callers hold the store's lock for everything but <see cref="TryCopy"/>.
/// </summary>
internal sealed class KeyEpochs(string path, TimeSpan length, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<long, byte[]> known = [];

    /// <summary>The newest epoch, made when there is none or when the newest one is over.</summary>
    public (long Number, DateTimeOffset Ends) Current()
    {
        var numbers = Numbers();
        if (numbers.Count > 0 && Ends(numbers[^1]) is var ends && ends > clock.GetUtcNow())
            return (numbers[^1], ends);
        var next = numbers.Count == 0 ? 1 : numbers[^1] + 1;
        var until = clock.GetUtcNow() + length;
        Span<byte> content = stackalloc byte[40];
        BinaryPrimitives.WriteInt64BigEndian(content, until.ToUnixTimeMilliseconds());
        RandomNumberGenerator.Fill(content[8..]);
        DurableFile.Write(FileOf(next), content);
        DurableFile.SyncDirectory(path);
        CryptographicOperations.ZeroMemory(content);
        return (next, DateTimeOffset.FromUnixTimeMilliseconds(until.ToUnixTimeMilliseconds()));
    }

    /// <summary>Copies the key of an epoch to <paramref name="to"/>, which the caller overwrites after use; false when it was destroyed.</summary>
    public bool TryCopy(long number, Span<byte> to)
    {
        lock (gate)
        {
            if (!known.TryGetValue(number, out var key))
            {
                // pinned, so that no collection copies it elsewhere, and overwritten when the epoch is over
                key = GC.AllocateArray<byte>(DataKey.Length, pinned: true);
                if (!DurableFile.TryRead(FileOf(number), 8, key))
                    return false;
                known[number] = key;
            }
            key.CopyTo(to);
            return true;
        }
    }

    /// <summary>Destroys every epoch before this one, here and in memory.</summary>
    public void DestroyBefore(long number)
    {
        foreach (var old in Numbers().Where(n => n < number))
            DurableFile.Destroy(FileOf(old));
        Forget();
    }

    /// <summary>Drops from memory what another process has destroyed.</summary>
    public void Forget()
    {
        lock (gate)
        {
            foreach (var number in known.Keys.Where(n => !File.Exists(FileOf(n))).ToArray())
            {
                CryptographicOperations.ZeroMemory(known[number]);
                known.Remove(number);
            }
        }
    }

    /// <summary>Whether the newest epoch is over or an older one is still there.</summary>
    public bool RollIsDue()
    {
        var numbers = Numbers();
        return numbers.Count != 1 || Ends(numbers[0]) <= clock.GetUtcNow();
    }

    private List<long> Numbers() => [.. Directory.EnumerateFiles(path, "*.kek")
        .Select(f => long.Parse(Path.GetFileNameWithoutExtension(f), CultureInfo.InvariantCulture)).Order()];

    private DateTimeOffset Ends(long number)
    {
        Span<byte> ends = stackalloc byte[8];
        return DurableFile.TryRead(FileOf(number), 0, ends)
            ? DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(ends))
            : DateTimeOffset.MinValue; // destroyed just now by another process: over
    }

    private string FileOf(long number) => Path.Combine(path, number.ToString("D10", CultureInfo.InvariantCulture) + ".kek");
}

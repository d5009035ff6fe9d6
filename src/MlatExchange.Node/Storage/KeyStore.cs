using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace MlatExchange.Node.Storage;

/// <summary>
/// One data key per case, transfer, day or unknown thread: a file each under <c>data/</c>, outside the database and its backups, wrapped under the key of the current epoch.
/// Destroying a key removes its file at once; what copies of the file remain on the medium become unreadable when the epoch ends and its key is destroyed.
/// Several processes may share the folder: whoever changes it holds an exclusive lock on the file <c>lock</c>.
/// </summary>
public sealed partial class KeyStore
{
    private static readonly DateTime NoFile = DateTime.FromFileTimeUtc(0); // what the platform says of a file that is not there
    private readonly string data;
    private readonly string lockFile;
    private readonly EndedKeys ended;
    private readonly KeyEpochs epochs;
    private readonly int cacheSize;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, (DateTime Written, DataKey Key)> cache = new();
    private readonly ConcurrentDictionary<string, bool> wanted = new();
    private readonly Lock making = new();

    /// <summary>Opens the store, making the folder when it is missing and finishing a roll that a crash cut short.</summary>
    /// <param name="path">The folder, on a medium of its own that no database backup covers.</param>
    /// <param name="epoch">How long a destroyed key may remain recoverable (7 days unless set otherwise).</param>
    /// <param name="clock">The node's clock.</param>
    /// <param name="cacheSize">How many keys are kept in memory at most.</param>
    public KeyStore(string path, TimeSpan epoch, TimeProvider clock, int cacheSize = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(epoch, TimeSpan.Zero);
        this.cacheSize = cacheSize;
        this.clock = clock;
        data = Path.Combine(path, "data");
        lockFile = Path.Combine(path, "lock");
        ended = new(Path.Combine(path, "ended"));
        DurableFile.MakeDirectory(path);
        DurableFile.MakeDirectory(data);
        DurableFile.MakeDirectory(Path.Combine(path, "epochs"));
        epochs = new(Path.Combine(path, "epochs"), epoch, clock);
        Roll();
    }

    /// <summary>The key with this id, or null when it was never made or is destroyed. Cheap: one file status when the key is in memory.</summary>
    public DataKey? Find(string keyId)
    {
        var file = FileOf(keyId);
        for (var attempt = 0; ; attempt++)
        {
            var written = File.GetLastWriteTimeUtc(file);
            if (cache.TryGetValue(keyId, out var cached) && cached.Written == written)
                return cached.Key;
            Drop(keyId);
            if (written == NoFile)
                return null;
            byte[] content;
            try
            {
                content = File.ReadAllBytes(file);
            }
            catch (FileNotFoundException)
            {
                return null;
            }
            // A destroyer in another process zeroes the file just before it removes it: then the next look finds none.
            // A roll in another process wraps the file anew before it destroys the old key: then the next look finds the new one.
            if (content.Length == WrappedKey.Length && content[0] != 0 && Unwrap(keyId, content) is { } key)
            {
                if (Remember(keyId, written, key) is { } kept)
                    return kept;
                continue;
            }
            if (attempt >= 5)
                throw new CryptographicException("A data key's file does not open under any epoch's key.");
            Thread.Sleep(attempt); // a few milliseconds at most, for another process to finish its step
        }
    }

    /// <summary>Copies the key with this id to <paramref name="to"/>, which the caller overwrites after use.</summary>
    /// <returns>Instance of the key, or null when it was never made or is destroyed.</returns>
    public ulong? Copy(string keyId, Span<byte> to)
    {
        while (Find(keyId) is { } key)
            if (key.TryCopy(to))
                return key.Instance;
        return null;
    }

    /// <summary>Like <see cref="Copy"/>; the key is made when there is none.</summary>
    public ulong CopyOrCreate(string keyId, Span<byte> to)
    {
        while (true)
            if (GetOrCreate(keyId) is var key && key.TryCopy(to))
                return key.Instance;
    }

    /// <summary>HMAC-SHA-256 under the key with this id, made when there is none.</summary>
    public byte[] Mac(string keyId, ReadOnlySpan<byte> message)
    {
        Span<byte> key = stackalloc byte[DataKey.Length];
        CopyOrCreate(keyId, key);
        var mac = HMACSHA256.HashData(key, message);
        CryptographicOperations.ZeroMemory(key);
        return mac;
    }

    /// <summary>Ids of all keys that are there.</summary>
    public IReadOnlyList<string> List() =>
        [.. Directory.EnumerateFiles(data).Select(file => Path.GetFileName(file)).Where(name => !name.EndsWith(".new", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>The key with this id, made when there is none. Durable before it is returned.</summary>
    public DataKey GetOrCreate(string keyId)
    {
        if (Find(keyId) is { } found)
            return found;
        wanted[keyId] = true;
        lock (making) // threads of this process wait here and not at the file, whose waiting is by polling
        {
            wanted.TryRemove(keyId, out _);
            if (Find(keyId) is { } madeMeanwhile)
                return madeMeanwhile;
            using var exclusive = Exclusive();
            var (epoch, _) = epochs.Current();
            Make(keyId, epoch);
            // What others wait for meanwhile is made along with it: the directory is made durable once for all.
            foreach (var another in wanted.Keys.Where(id => wanted.TryRemove(id, out _)))
                Make(another, epoch);
            DurableFile.SyncDirectory(data);
        }
        return Find(keyId) ?? throw new CryptographicException("A data key was destroyed while it was made.");
    }

    /// <summary>Destroys a key. No process of the node opens anything under it from now on; destroying one that is gone is no error.</summary>
    /// <returns>The instant (UTC) from which it is unrecoverable even from copies of its file: the end of the current epoch.</returns>
    public DateTimeOffset Destroy(string keyId)
    {
        var file = FileOf(keyId);
        Roll(); // an epoch that is over must not be named as the one that ends
        using var exclusive = Exclusive();
        if (File.Exists(file)) ended.Note(keyId, clock.GetUtcNow());
        DurableFile.Destroy(file);
        Drop(keyId);
        return epochs.Current().Ends;
    }

    /// <summary>Keys that were destroyed here and when (UTC), the last time of each; written before the destruction, so it may name one that a crash then spared.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Ended() => ended.Read();

    /// <summary>
    /// Destroys again what a copy of this folder brought back: every key that was made before it was destroyed here.
    /// </summary>
    /// <returns>Ids of the keys that were there again.</returns>
    public IReadOnlyList<string> DestroyAgain()
    {
        var again = new List<string>();
        foreach (var (keyId, at) in ended.Read())
        {
            if (!File.Exists(FileOf(keyId)) || MadeAt(keyId) > at) continue; // made anew since, for something that came late
            Destroy(keyId);
            again.Add(keyId);
        }

        return again;
    }

    private DateTimeOffset MadeAt(string keyId)
    {
        try
        {
            return Find(keyId)?.MadeAt ?? DateTimeOffset.MinValue;
        }
        catch (CryptographicException)
        {
            return DateTimeOffset.MinValue; // of an epoch whose key is gone: it opens nothing any more
        }
    }

    /// <summary>
    /// When the epoch is over: makes the next one's key, wraps every living key under it, then destroys the old one. Each step can be repeated, so a crash anywhere
    /// is mended by the next call. When nothing is due it only drops from memory what other processes destroyed.
    /// </summary>
    /// <returns>Ids of keys whose files no longer open. Their content was lost before; the roll goes on, because stopping would keep destroyed keys recoverable.</returns>
    public IReadOnlyList<string> Roll()
    {
        var damaged = new List<string>();
        if (epochs.RollIsDue())
        {
            using var exclusive = Exclusive();
            var (current, _) = epochs.Current();
            foreach (var file in Directory.GetFiles(data))
            {
                if (file.EndsWith(".new", StringComparison.Ordinal))
                    DurableFile.Destroy(file); // left by a crash
                else if (!WrapAnew(file, current))
                    damaged.Add(Path.GetFileName(file));
            }
            DurableFile.SyncDirectory(data);
            epochs.DestroyBefore(current);
        }
        epochs.Forget();
        foreach (var keyId in cache.Keys.Where(id => !File.Exists(FileOf(id))))
            Drop(keyId);
        return damaged;
    }

    private void Make(string keyId, long epoch)
    {
        if (Find(keyId) is not null)
            return; // made by another process, or asked for twice
        Span<byte> fresh = stackalloc byte[DataKey.Length];
        RandomNumberGenerator.Fill(fresh);
        var key = new DataKey(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)), clock.GetUtcNow(), fresh);
        CryptographicOperations.ZeroMemory(fresh);
        Wrap(keyId, key, epoch);
        Remember(keyId, File.GetLastWriteTimeUtc(FileOf(keyId)), key);
    }

    private bool WrapAnew(string file, long current)
    {
        try
        {
            var content = File.ReadAllBytes(file);
            if (WrappedKey.Epoch(content) is var epoch && epoch == current)
                return true;
            var keyId = Path.GetFileName(file);
            if (Unwrap(keyId, content) is not { } key)
                return false;
            Wrap(keyId, key, current);
            key.Forget();
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private DataKey? Unwrap(string keyId, byte[] content)
    {
        Span<byte> under = stackalloc byte[DataKey.Length];
        var key = epochs.TryCopy(WrappedKey.Epoch(content), under) ? WrappedKey.Unwrap(keyId, content, under) : null;
        CryptographicOperations.ZeroMemory(under);
        return key;
    }

    private void Wrap(string keyId, DataKey key, long epoch)
    {
        Span<byte> under = stackalloc byte[DataKey.Length];
        if (!epochs.TryCopy(epoch, under))
            throw new CryptographicException("The current epoch's key is not there.");
        DurableFile.Write(FileOf(keyId), WrappedKey.Wrap(keyId, key, epoch, under));
        CryptographicOperations.ZeroMemory(under);
    }

    private void Drop(string keyId)
    {
        if (cache.TryRemove(keyId, out var dropped))
            dropped.Key.Forget();
    }

    /// <summary>The key that is kept from now on: this one, or another thread's, and then this one is overwritten. Null when what is kept is of an older file.</summary>
    private DataKey? Remember(string keyId, DateTime written, DataKey key)
    {
        // Keys are read again from their files in microseconds, so the plainest bound does: start over when full.
        if (cache.Count >= cacheSize)
            foreach (var known in cache.Keys)
                Drop(known);
        var kept = cache.GetOrAdd(keyId, (written, key));
        if (!ReferenceEquals(kept.Key, key))
            key.Forget();
        return kept.Written == written ? kept.Key : null;
    }

    private FileStream Exclusive()
    {
        for (var waited = 0; ; waited++)
        {
            try
            {
                return new(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            }
            catch (IOException) when (waited < 6000)
            {
                Thread.Sleep(5); // another thread or process holds it for a few milliseconds, or for the length of a roll
            }
        }
    }

    private string FileOf(string keyId) => Id().IsMatch(keyId)
        ? Path.Combine(data, keyId)
        : throw new ArgumentException("A key id is 1 to 128 letters, digits, hyphens or underscores.", nameof(keyId));

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,128}\z")]
    private static partial Regex Id();
}

using System.Collections.Concurrent;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Evidence;

/// <summary>
/// Half-written items, <c>&lt;folder&gt;/&lt;transfer&gt;/&lt;item&gt;.part</c>. One writer at a time, across processes: <c>&lt;item&gt;.lock</c> is locked while it is written, and the lock goes with the
/// process. The lock is on a file of its own, since a store must read the item while it is held.
/// Names are wire ids and item references, whose form is checked here, so no path can leave the folder.
/// </summary>
public sealed class IncomingFiles(string folder)
{
    internal const string Ending = ".part";

    /// <summary>Digests under way kept for uploads that may go on; one more only costs that its file is read again.</summary>
    private const int MostHashes = 1024;

    private readonly ConcurrentDictionary<string, PieceHash> hashes = new(StringComparer.Ordinal);

    /// <summary>Bytes on disk; 0 when there is no file.</summary>
    public long Length(string transfer, string item) => new FileInfo(PathOf(transfer, item)) is { Exists: true } file ? file.Length : 0;

    /// <summary>When the last byte was written; null when there is no file.</summary>
    public DateTimeOffset? LastWrite(string transfer, string item) => new FileInfo(PathOf(transfer, item)) is { Exists: true } file ? file.LastWriteTimeUtc : null;

    /// <summary>Opens the half-written item, or begins it; null while another call writes it.</summary>
    public IncomingFile? TryOpen(string transfer, string item)
    {
        var path = PathOf(transfer, item);
        if (!Directory.Exists(FolderOf(folder, transfer)))
        {
            Directory.CreateDirectory(FolderOf(folder, transfer));
            DurableFile.SyncDirectory(folder);
        }
        try
        {
            var held = File.OpenHandle(LockOf(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            hashes.TryRemove(path, out var hash);
            return new(path, handle, held, hash, rest =>
            {
                if (hashes.Count >= MostHashes || !hashes.TryAdd(path, rest)) rest.Dispose();
            });
        }
        catch (IOException locked) when (!StoreFullException.Says(locked) && File.Exists(LockOf(path)))
        {
            return null;
        }
        catch (IOException full) when (StoreFullException.Says(full))
        {
            throw new StoreFullException(full);
        }
    }

    /// <summary>Every half-written item: transfer and item reference.</summary>
    public IReadOnlyList<(string Transfer, string Item)> All() => !Directory.Exists(folder) ? [] :
        [.. from path in Directory.EnumerateFiles(folder, "*" + Ending, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            let transfer = Path.GetFileName(Path.GetDirectoryName(path))!
            let item = Path.GetFileNameWithoutExtension(path)
            where SealingContext.IsTransfer(transfer) && SealingContext.IsItemRef(item)
            select (transfer, item)];

    /// <summary>Removes what a transfer has here; nothing is no error.</summary>
    public void DeleteAll(string transfer)
    {
        if (Directory.Exists(FolderOf(folder, transfer))) Directory.Delete(FolderOf(folder, transfer), recursive: true);
    }

    private static string LockOf(string path) => Path.ChangeExtension(path, ".lock");

    internal static string FolderOf(string folder, string transfer) =>
        SealingContext.IsTransfer(transfer) ? Path.Combine(folder, transfer) : throw new ArgumentException("not a transfer id");

    private string PathOf(string transfer, string item) =>
        SealingContext.IsItemRef(item) ? Path.Combine(FolderOf(folder, transfer), item + Ending) : throw new ArgumentException("not an item reference");
}

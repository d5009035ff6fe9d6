using MlatExchange.Node.Storage;

namespace MlatExchange.Node.Evidence;

/// <summary>Items as files, <c>&lt;folder&gt;/&lt;transfer&gt;/&lt;digest&gt;</c>. A file gets its name by a rename after its bytes are durable, so whatever has such a name is whole.</summary>
/// <param name="folder">The folder in which items are also received, so that the rename is one.</param>
public sealed class DiskBlobStore(string folder) : IBlobStore
{
    public Task<long?> Length(BlobName name, CancellationToken cancellation) =>
        Task.FromResult<long?>(new FileInfo(PathOf(name)) is { Exists: true } file ? file.Length : null);

    public Task Keep(BlobName name, string path, CancellationToken cancellation)
    {
        File.Move(path, PathOf(name), overwrite: true);
        DurableFile.SyncDirectory(Path.GetDirectoryName(PathOf(name))!);
        return Task.CompletedTask;
    }

    public Task<Stream> Open(BlobName name, long from, long length, CancellationToken cancellation) => Task.FromResult<Stream>(
        new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan) { Position = from });

    public Task DeleteAll(string transfer, CancellationToken cancellation)
    {
        var path = IncomingFiles.FolderOf(folder, transfer);
        if (!Directory.Exists(path)) return Task.CompletedTask;
        Directory.Delete(path, recursive: true);
        DurableFile.SyncDirectory(folder);
        return Task.CompletedTask;
    }

    private string PathOf(BlobName name) => Path.Combine(IncomingFiles.FolderOf(folder, name.Transfer), name.File);
}

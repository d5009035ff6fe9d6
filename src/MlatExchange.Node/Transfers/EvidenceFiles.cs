using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Transfers;

/// <summary>
/// Sealed bytes on disk, <c>&lt;folder&gt;/&lt;transfer&gt;/&lt;item&gt;</c>. Not trusted: a changed byte shows in the digest and in every chunk's tag, a deleted file is denial and no more. Names are
/// wire ids and item references, which the callers have checked for form, so no path can leave the folder. Nothing looks into the bytes.
/// </summary>
public sealed class EvidenceFiles(string folder)
{
    /// <summary>Bytes on disk; 0 when there is no file.</summary>
    public long Length(string transfer, string item) => new FileInfo(PathOf(transfer, item)) is { Exists: true } file ? file.Length : 0;

    /// <summary>Writes a part at its place and makes it durable; what lay beyond <paramref name="from"/> from an attempt that died is cut first.</summary>
    /// <returns>Bytes written: fewer than <paramref name="length"/> when the sender stopped.</returns>
    public async Task<long> Write(string transfer, string item, long from, long length, Stream source, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(transfer, item))!);
        await using var file = new FileStream(PathOf(transfer, item), FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, 1);
        if (file.Length < from) return 0;
        file.SetLength(from);
        file.Position = from;
        var buffer = new byte[64 * 1024];
        long written = 0;
        int read;
        while (written < length && (read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - written)), cancellation)) > 0)
        {
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            written += read;
        }
        file.Flush(flushToDisk: true);
        return written;
    }

    /// <summary>The item digest of the whole file, streamed in constant memory.</summary>
    public Digest Digest(string transfer, string item)
    {
        using var file = Open(transfer, item);
        using var pieces = PieceHash.Digest();
        var buffer = new byte[PieceHash.PieceLength];
        int read;
        while ((read = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0) pieces.Append(buffer.AsSpan(0, read));
        return new Digest(pieces.Finish());
    }

    public FileStream Open(string transfer, string item) => new(PathOf(transfer, item), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, FileOptions.SequentialScan);

    public void Delete(string transfer, string item) => File.Delete(PathOf(transfer, item));

    /// <summary>Removes every item of a transfer; one that is gone is no error.</summary>
    public void DeleteAll(string transfer)
    {
        var path = Path.Combine(folder, transfer);
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
    }

    private string PathOf(string transfer, string item) => SealingContext.IsTransfer(transfer) && SealingContext.IsItemRef(item)
        ? Path.Combine(folder, transfer, item)
        : throw new ArgumentException("not a transfer id and item reference");
}

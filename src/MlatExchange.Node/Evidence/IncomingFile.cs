using System.Buffers;
using Microsoft.Win32.SafeHandles;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Evidence;

/// <summary>
/// One half-written item, open and locked. Bytes are appended in constant memory and hashed as they come; they count when they are on disk, which they are after every call, however
/// the sender ended. A file found after a restart is read once, to take its digest up again.
/// </summary>
public sealed class IncomingFile : IDisposable
{
    private const int BufferLength = 512 * 1024;

    /// <summary>Bytes after which the disk is asked to keep up, while more come in: what a loss of power can take stays small, and so does what the system holds in memory.</summary>
    private const long SyncEvery = 64L * 1024 * 1024;

    private readonly SafeFileHandle handle;
    private readonly SafeFileHandle held;
    private readonly Action<PieceHash> handBack;
    private PieceHash hash;
    private Task sync = Task.CompletedTask;
    private long unsynced;

    internal IncomingFile(string path, SafeFileHandle handle, SafeFileHandle held, PieceHash? hash, Action<PieceHash> handBack)
    {
        (Path, this.handle, this.held, this.handBack, Length) = (path, handle, held, handBack, RandomAccess.GetLength(handle));
        this.hash = hash is not null && hash.Length <= Length ? hash : PieceHash.Digest();
    }

    public string Path { get; }

    /// <summary>Bytes so far.</summary>
    public long Length { get; private set; }

    /// <summary>Appends what the sender gives, at most so many bytes.</summary>
    /// <param name="moved">Told the length after each write.</param>
    /// <param name="seen">Shown the bytes after they are written, such as for a checksum of this call.</param>
    /// <returns>Bytes appended: fewer than <paramref name="most"/> when the sender stopped or the line broke. They are kept.</returns>
    /// <exception cref="StoreFullException">The disk is full; what could be written is kept.</exception>
    public async Task<long> Append(Stream source, long most, Action<long> moved, Action<ReadOnlyMemory<byte>>? seen, CancellationToken cancellation)
    {
        CatchUp();
        var before = Length;
        var (filling, writing) = (ArrayPool<byte>.Shared.Rent(BufferLength), ArrayPool<byte>.Shared.Rent(BufferLength));
        var written = Task.CompletedTask;
        try
        {
            for (var (left, ended) = (most, false); left > 0 && !ended;)
            {
                (var filled, ended) = await Fill(source, filling.AsMemory(0, (int)Math.Min(BufferLength, left)), cancellation);
                await written;
                moved(Length);
                (filling, writing) = (writing, filling);
                var bytes = writing.AsMemory(0, filled);
                written = filled == 0 ? Task.CompletedTask : Task.Run(() => Write(bytes, seen), CancellationToken.None);
                left -= filled;
            }
            await written;
            moved(Length);
            await Sync();
        }
        catch (IOException full) when (StoreFullException.Says(full))
        {
            await sync.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            RandomAccess.SetLength(handle, Length); // what of a write that failed may lie beyond
            throw new StoreFullException(full);
        }
        finally
        {
            await written.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default); // it still reads the buffer
            ArrayPool<byte>.Shared.Return(filling);
            ArrayPool<byte>.Shared.Return(writing);
        }
        return Length - before;
    }

    /// <summary>Takes back what came after <paramref name="length"/>.</summary>
    public void CutTo(long length)
    {
        RandomAccess.SetLength(handle, length);
        RandomAccess.FlushToDisk(handle);
        Length = length;
        if (hash.Length <= length) return;
        hash.Dispose();
        hash = PieceHash.Digest();
    }

    /// <summary>The item digest of all bytes so far; nothing can be appended after.</summary>
    public Digest Digest()
    {
        CatchUp();
        var digest = new Digest(hash.Finish());
        hash.Dispose();
        hash = PieceHash.Digest();
        return digest;
    }

    /// <summary>Removes the file.</summary>
    public void Delete() => File.Delete(Path);

    public void Dispose()
    {
        handle.Dispose();
        if (hash.Length > 0 && File.Exists(Path)) handBack(hash);
        else hash.Dispose();
        held.Dispose(); // last: whoever is next finds all in order
    }

    /// <summary>Fills the buffer as far as the sender gives; a sender that goes away ends it and is no fault of ours.</summary>
    private static async Task<(int Filled, bool Ended)> Fill(Stream source, Memory<byte> buffer, CancellationToken cancellation)
    {
        var filled = 0;
        try
        {
            while (filled < buffer.Length)
            {
                var read = await source.ReadAsync(buffer[filled..], cancellation);
                if (read == 0) return (filled, true);
                filled += read;
            }
            return (filled, false);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            return (filled, true);
        }
    }

    private void Write(ReadOnlyMemory<byte> bytes, Action<ReadOnlyMemory<byte>>? seen)
    {
        RandomAccess.Write(handle, bytes.Span, Length);
        Length += bytes.Length;
        hash.Append(bytes.Span);
        seen?.Invoke(bytes);
        unsynced += bytes.Length;
        if (unsynced < SyncEvery) return;
        sync.GetAwaiter().GetResult();
        unsynced = 0;
        sync = Task.Run(() => RandomAccess.FlushToDisk(handle), CancellationToken.None);
    }

    private async Task Sync()
    {
        await sync;
        RandomAccess.FlushToDisk(handle);
        unsynced = 0;
    }

    private void CatchUp()
    {
        if (hash.Length == Length) return;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        while (hash.Length < Length)
        {
            var read = RandomAccess.Read(handle, buffer.AsSpan(0, (int)Math.Min(buffer.Length, Length - hash.Length)), hash.Length);
            if (read == 0) throw new EndOfStreamException("A half-written item became shorter.");
            hash.Append(buffer.AsSpan(0, read));
        }
        ArrayPool<byte>.Shared.Return(buffer);
    }
}

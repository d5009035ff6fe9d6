using System.Runtime.InteropServices;
using System.Text;

namespace MlatExchange.Node.Storage;

/// <summary>Files that must survive, or must be gone after, a loss of power: every step is fsynced, the directory too.</summary>
internal static class DurableFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a directory that only the node's own user may enter.</summary>
    public static void MakeDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>Writes a file whole or not at all: a neighbour is created (O_EXCL), fsynced and renamed over <paramref name="path"/>.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var neighbour = path + ".new";
        File.Delete(neighbour); // left by a crash; the caller holds the lock
        using (var file = Create(neighbour))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(neighbour, path, overwrite: true);
    }

    /// <summary>Reads exactly these bytes, and nothing into any buffer besides; false when there is no such file.</summary>
    /// <exception cref="EndOfStreamException">The file is shorter.</exception>
    public static bool TryRead(string path, long from, Span<byte> to)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return RandomAccess.Read(file, to, from) == to.Length ? true : throw new EndOfStreamException("A key file is too short.");
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Overwrites with zeros, then removes. File systems that copy on write keep the old blocks for a while: hence the wrapping under an epoch's key.</summary>
    public static void Destroy(string path)
    {
        foreach (var file in (ReadOnlySpan<string>)[path + ".new", path])
        {
            if (!File.Exists(file))
                continue;
            using (var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1))
            {
                stream.Write(new byte[stream.Length]);
                stream.Flush(flushToDisk: true);
            }
            File.Delete(file);
        }
        SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes renames and removals in a directory durable.</summary>
    public static void SyncDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            return; // no such call there; a node in production runs on Linux
        var handle = Native.Open(Encoding.UTF8.GetBytes(path + "\0"), 0);
        if (handle < 0)
            throw new IOException($"A key directory cannot be opened (error {Marshal.GetLastPInvokeError()}).");
        try
        {
            if (Native.Sync(handle) != 0)
                throw new IOException($"A key directory cannot be made durable (error {Marshal.GetLastPInvokeError()}).");
        }
        finally
        {
            _ = Native.Close(handle);
        }
    }

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new(path, options);
    }

    private static class Native
    {
        [DllImport("libc", EntryPoint = "open", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Open(byte[] path, int flags);

        [DllImport("libc", EntryPoint = "fsync", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Sync(int handle);

        [DllImport("libc", EntryPoint = "close", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Close(int handle);
    }
}

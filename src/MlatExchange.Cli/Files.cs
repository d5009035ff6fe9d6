using System.Text;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Cli;

/// <summary>Files as the commands read and write them: nothing is overwritten, secrets are for their owner alone.</summary>
internal static class Files
{
    private const long LargestText = 4 * 1024 * 1024;

    internal static byte[] Read(string path) => !File.Exists(path) ? throw Refusal.Unavailable($"{path} is not there.")
        : new FileInfo(path).Length > LargestText ? throw Refusal.Usage($"{path} is too large to be such a file.")
        : File.ReadAllBytes(path);

    internal static string ReadText(string path) => Encoding.UTF8.GetString(Read(path)).Trim();

    internal static EcKey ReadKey(string path) =>
        EcKey.TryImport(ReadText(path), out var key) ? key : throw Refusal.Usage($"{path} is not a private key (P-256 JWK).");

    internal static void WriteNew(string path, ReadOnlySpan<byte> bytes, bool secret = false)
    {
        using var file = Create(path, secret);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    internal static FileStream Create(string path, bool secret = false)
    {
        if (Path.Exists(path))
        {
            throw Refusal.Unavailable($"{path} exists already and is not overwritten.");
        }
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, BufferSize = 0 };
        if (secret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return new FileStream(path, options);
    }

    /// <summary>Writes a file that is whole or not there: beside its place first, moved when the writer is done, gone when it fails.</summary>
    internal static T Whole<T>(string path, bool secret, Func<FileStream, T> write)
    {
        if (Path.Exists(path))
        {
            throw Refusal.Unavailable($"{path} exists already and is not overwritten.");
        }
        var draft = $"{path}.{Environment.ProcessId}.part";
        try
        {
            T result;
            using (var file = Create(draft, secret))
            {
                result = write(file);
                file.Flush(flushToDisk: true);
            }
            File.Move(draft, path, overwrite: false);
            return result;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>Writes a file anew, so that after a crash it holds the old text or the new one.</summary>
    internal static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        var draft = $"{path}.{Environment.ProcessId}.part";
        File.Delete(draft);
        WriteNew(draft, bytes, secret: true);
        File.Move(draft, path, overwrite: true);
    }
}

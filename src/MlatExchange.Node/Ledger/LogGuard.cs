using System.Globalization;
using System.Text;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Node.Ledger;

/// <summary>
/// What this log has signed, in a file outside the database, so that a database put back to an earlier state cannot make the node sign two trees of one size.
/// Lines <c>origin size root</c> (root in Base64), appended and fsynced before each signature. A restored backup must not restore this file.
/// </summary>
public sealed class LogGuard : IDisposable
{
    private const int StartOverAt = 16 << 20;
    private readonly string path;
    private readonly string origin;
    private FileStream file;

    /// <summary>Opens the guard of one log, made empty when there is none. A last line that a crash cut short is removed: nothing was signed after it.</summary>
    /// <exception cref="InvalidDataException">A line is not of this log or not readable.</exception>
    public LogGuard(string directory, string origin)
    {
        this.origin = origin;
        DurableFile.MakeDirectory(directory);
        path = PathOf(directory, origin);
        file = Open();
        DurableFile.SyncDirectory(directory);
        var lines = Encoding.ASCII.GetString(ReadAll());
        var whole = lines.LastIndexOf('\n') + 1;
        file.SetLength(whole);
        file.Seek(0, SeekOrigin.End);
        foreach (var line in lines[..whole].Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Latest = Read(line) is { } head && (Latest is null || head.Size >= Latest.Size) ? head : throw new InvalidDataException("The guard has a line that is not of this log, not readable or out of order.");
    }

    /// <summary>The newest head that was, or was about to be, signed; null before the first.</summary>
    public Checkpoint? Latest { get; private set; }

    /// <summary>The newest head of a guard that some process may be writing; null when there is none.</summary>
    public static Checkpoint? Newest(string directory, string origin)
    {
        var path = PathOf(directory, origin);
        if (!File.Exists(path)) return null;
        var lines = File.ReadAllText(path);
        return lines[..(lines.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries) is [.., var newest] ? Read(origin, newest) : null;
    }

    /// <summary>Notes a head, durably, before it is signed. Noting the newest again is allowed; a smaller one, or another root for its size, is not.</summary>
    /// <exception cref="InvalidOperationException">The head contradicts what was signed.</exception>
    public void Note(long size, in TreeHash root)
    {
        if (Latest is { } latest && size <= latest.Size)
        {
            if (size == latest.Size && root == latest.Root)
                return;
            throw new InvalidOperationException($"The guard refuses size {size}: size {latest.Size} was signed, and not with this tree.");
        }
        if (file.Length > StartOverAt)
            StartOver();
        Latest = new(origin, size, root);
        file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{origin} {size} {root}\n")));
        file.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    // Only the newest line decides, so a file that has grown long starts over with that line.
    private void StartOver()
    {
        file.Dispose();
        DurableFile.Write(path, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{origin} {Latest!.Size} {Latest.Root}\n")));
        DurableFile.SyncDirectory(Path.GetDirectoryName(path)!);
        file = Open();
        file.Seek(0, SeekOrigin.End);
    }

    private FileStream Open() => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1);

    private byte[] ReadAll()
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private Checkpoint? Read(string line) => Read(origin, line);

    private static string PathOf(string directory, string origin) =>
        Path.Combine(directory, string.Concat(origin.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_')) + ".guard");

    private static Checkpoint? Read(string origin, string line) => line.Split(' ') is [var name, var size, var root] && name == origin ? Checkpoint.Read($"{name}\n{size}\n{root}\n") : null;
}

using System.Globalization;
using System.Text;

namespace MlatExchange.Node.Storage;

/// <summary>
/// What was destroyed in the key store, in a file beside the keys and outside the database, so that a database put back to an earlier state cannot forget it. Lines
/// <c>instant id</c> (RFC 3339 UTC with milliseconds), appended and fsynced before each destruction. Ids are random: the file says of whom nothing. Callers hold the store's lock.
/// </summary>
internal sealed class EndedKeys(string path)
{
    public void Note(string keyId, DateTimeOffset at)
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, 1);
        file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} {keyId}\n")));
        file.Flush(flushToDisk: true);
    }

    /// <summary>The last instant of each id. A last line that a crash cut short is passed over: nothing was destroyed after it.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Read()
    {
        var ended = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        if (!File.Exists(path)) return ended;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.ASCII);
        while (reader.ReadLine() is { } line)
            if (line.Split(' ') is [var at, { Length: > 0 } keyId] && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
                ended[keyId] = instant;
        return ended;
    }
}

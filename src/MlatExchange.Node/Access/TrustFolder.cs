using System.Text.Json;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Node.Access;

/// <summary>
/// The trust lists of the folder <c>Node:TrustPath</c>: <c>anchors.json</c> and one signed list per jurisdiction. A new list counts as soon as its file is there; what was
/// seen is remembered beside the data keys, so that an older list is never taken in again, not even after a restart.
/// </summary>
public sealed partial class TrustFolder
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly string folder;
    private readonly string seenFile;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly Lock gate = new();
    private TrustSnapshot current;
    private string stamp;
    private DateTimeOffset looked;

    /// <exception cref="InvalidOperationException">The local table of anchors is missing or breaks a rule: without it nothing can be trusted.</exception>
    public TrustFolder(string folder, string dataKeys, TimeProvider clock, ILogger<TrustFolder> log)
    {
        (this.folder, seenFile, this.clock, this.log) = (folder, Path.Combine(dataKeys, "trust-seen.json"), clock, log);
        Storage.DurableFile.MakeDirectory(dataKeys);
        (stamp, looked) = (Stamp(), clock.GetUtcNow());
        current = Build(File.Exists(seenFile) ? JsonSerializer.Deserialize<Dictionary<string, SeenList>>(File.ReadAllBytes(seenFile), Protocol.Jose.StrictJson.Options) : null);
    }

    /// <summary>What is trusted now.</summary>
    public TrustSnapshot Current
    {
        get
        {
            lock (gate)
            {
                var now = clock.GetUtcNow();
                if (now - looked < LookEvery) return current;
                looked = now;
                if (Stamp() is var newer && newer != stamp) (stamp, current) = (newer, Build(current.Seen));
                return current;
            }
        }
    }

    private TrustSnapshot Build(IReadOnlyDictionary<string, SeenList>? seen)
    {
        var table = Path.Combine(folder, "anchors.json");
        if (!File.Exists(table)) throw new InvalidOperationException("Node:TrustPath has no anchors.json: make it with 'mlat keys new' or at the key ceremony.");
        if (!TrustAnchors.TryRead(File.ReadAllBytes(table), out var anchors, out var fault)) throw new InvalidOperationException($"anchors.json breaks the rule {fault.Rule} at {fault.JsonPointer}.");
        var snapshot = TrustSnapshot.Build(anchors, Directory.EnumerateFiles(folder, "*.jwt").Order(StringComparer.Ordinal).Select(file => File.ReadAllText(file).Trim()), clock.GetUtcNow(), seen);
        foreach (var left in snapshot.Faults) ListLeftOut(left.Rule.ToString(), left.JsonPointer);
        File.WriteAllBytes(seenFile + ".new", JsonSerializer.SerializeToUtf8Bytes(snapshot.Seen, Protocol.Jose.StrictJson.Options));
        File.Move(seenFile + ".new", seenFile, overwrite: true);
        return snapshot;
    }

    private string Stamp() => string.Join('|', Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(file => $"{Path.GetFileName(file)}:{File.GetLastWriteTimeUtc(file).Ticks}"));

    [LoggerMessage(EventId = 4400, Level = LogLevel.Error, Message = "A trust list was left out: rule {Rule} at {Pointer}")]
    private partial void ListLeftOut(string rule, string pointer);
}

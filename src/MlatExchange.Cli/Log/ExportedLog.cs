using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Cli.Log;

/// <summary>A log as a folder of static files (C2SP tlog-tiles), checked one bundle of 256 leaves at a time, so in constant memory.</summary>
internal sealed class ExportedLog(string folder, Checkpoint head)
{
    /// <summary>Every place where the files disagree with the leaves, or the leaves with the signed head; none when all agree.</summary>
    internal IEnumerable<string> Findings()
    {
        var frontier = TreeFrontier.Empty;
        var above = new Dictionary<Tile, List<byte>>();
        for (long number = 0; frontier.Size < head.Size; number++)
        {
            var width = new Tile(0, number).WidthAt(head.Size);
            if (Leaves(number, width) is not { } leaves)
            {
                yield return $"{EntryBundle.Path(number, width)}: missing, or not {width} leaves";
                yield break; // without these leaves nothing after them can be computed
            }
            var extension = frontier.Extend([.. leaves.Select(leaf => Rfc6962.Leaf(leaf.Span))]);
            foreach (var append in extension.Tiles)
            {
                if (append.Tile.Level == 0)
                {
                    foreach (var finding in Compare(append.Tile, append.Hashes, number))
                    {
                        yield return finding;
                    }
                    continue;
                }
                if (!above.TryGetValue(append.Tile, out var computed))
                {
                    above[append.Tile] = computed = new(Tile.FullLength);
                }
                computed.AddRange(append.Hashes.Span);
                if (computed.Count == append.Tile.WidthAt(head.Size) * TreeHash.Length)
                {
                    above.Remove(append.Tile);
                    foreach (var finding in Compare(append.Tile, computed.ToArray(), number))
                    {
                        yield return finding;
                    }
                }
            }
            frontier = extension.Frontier;
        }
        if (frontier.Root() != head.Root)
        {
            yield return $"checkpoint: the root of the leaves is {frontier.Root()}, the signed one {head.Root}";
        }
    }

    private IReadOnlyList<ReadOnlyMemory<byte>>? Leaves(long number, int width)
    {
        var path = Place(EntryBundle.Path(number, width));
        return File.Exists(path) && EntryBundle.Read(File.ReadAllBytes(path)) is { } leaves && leaves.Count == width ? leaves : null;
    }

    private IEnumerable<string> Compare(Tile tile, ReadOnlyMemory<byte> computed, long bundle)
    {
        var path = tile.Path(computed.Length / TreeHash.Length);
        if (!File.Exists(Place(path)))
        {
            yield return $"{path}: missing";
            yield break;
        }
        var stored = File.ReadAllBytes(Place(path));
        var differs = stored.AsSpan().CommonPrefixLength(computed.Span) / TreeHash.Length;
        if (stored.Length != computed.Length || differs < computed.Length / TreeHash.Length)
        {
            yield return tile.Level == 0 ? $"{path}: differs at leaf {(bundle * Tile.FullWidth) + differs}" : $"{path}: differs at hash {differs}";
        }
    }

    private string Place(string path) => Path.Combine([folder, .. path.Split('/')]);
}

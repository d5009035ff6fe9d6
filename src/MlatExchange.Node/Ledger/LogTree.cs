using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Transparency;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Ledger;

/// <summary>The leader's view of the log: its size, right edge and the tile that is being filled. Made anew at every change of leader and after every failure.</summary>
internal sealed class LogTree
{
    private readonly byte[] partial = new byte[Tile.FullLength];
    private TreeFrontier frontier = TreeFrontier.Empty;

    public long Size => frontier.Size;

    public TreeHash Root => frontier.Root();

    /// <summary>The nodes at the right edge as they were loaded; this tree does not extend them.</summary>
    public TreeEdge Edge { get; } = new();

    /// <summary>Loads the tree and compares it with the guard.</summary>
    /// <exception cref="LogStoppedException">The guard has seen another tree, a longer one, or nothing although something was published.</exception>
    public static async Task<LogTree> Load(NpgsqlConnection connection, Checkpoint? guard, CancellationToken cancellationToken)
    {
        await using var sizes = new NpgsqlCommand("select coalesce((select max(position) from ledger.entries), 0), (select max(size) from ledger.checkpoints)", connection);
        long size;
        await using (var reader = await sizes.ExecuteReaderAsync(cancellationToken))
        {
            await reader.ReadAsync(cancellationToken);
            size = reader.GetInt64(0);
            if (guard is null && !reader.IsDBNull(1))
                throw new LogStoppedException("Checkpoints were published, but the guard file is missing or empty.");
        }
        if (guard is not null && guard.Size > size)
            throw new LogStoppedException($"The guard has seen {guard.Size} leaves, the database has {size}: it was put back to an earlier state.");
        if (guard is not null && (await TileStore.Tree(connection, guard.Size, cancellationToken)).Root() != guard.Root)
            throw new LogStoppedException($"The tree of the first {guard.Size} leaves is not the one that was signed.");
        var loaded = new LogTree();
        var edge = ProofRanges.Tiles(size == 0 ? [] : [(0, size)]);
        var tiles = await TileStore.Fetch(connection, edge, cancellationToken);
        foreach (var tile in edge)
        {
            var hashes = tiles(tile)[..(tile.WidthAt(size) * TreeHash.Length)];
            loaded.Edge.Add(tile, 0, TreeHash.Sequence(hashes.Span));
            if (tile.Level == 0)
                hashes.CopyTo(loaded.partial);
        }
        loaded.frontier = TreeFrontier.Of(new(size, loaded.Edge.Node));
        return loaded;
    }

    /// <summary>The tree with these leaves, and the commands that store what they add to the tiles. This tree changes only with <see cref="Commit"/>.</summary>
    public TreeExtension Extend(ReadOnlySpan<TreeHash> leafHashes, NpgsqlBatch batch)
    {
        var extension = frontier.Extend(leafHashes);
        foreach (var (tile, from, hashes) in extension.Tiles)
        {
            if (tile.Level > 0)
                Store(batch, tile, hashes.ToArray());
            else if (from + (hashes.Length / TreeHash.Length) == Tile.FullWidth)
                Store(batch, tile, [.. partial.AsSpan(0, from * TreeHash.Length), .. hashes.Span]);
        }
        return extension;
    }

    /// <summary>The extension is durable.</summary>
    public void Commit(TreeExtension extension)
    {
        foreach (var (tile, from, hashes) in extension.Tiles)
        {
            if (tile.Level == 0)
                hashes.Span.CopyTo(partial.AsSpan(from * TreeHash.Length));
        }
        frontier = extension.Frontier;
    }

    private static void Store(NpgsqlBatch batch, Tile tile, byte[] hashes) => batch.BatchCommands.Add(new(
        "insert into ledger.tiles as t (level, number, hashes) values ($1, $2, $3) on conflict (level, number) do update set hashes = t.hashes || excluded.hashes")
    {
        Parameters = { new() { Value = (short)tile.Level, NpgsqlDbType = NpgsqlDbType.Smallint }, new() { Value = tile.Index }, new() { Value = hashes } },
    });
}

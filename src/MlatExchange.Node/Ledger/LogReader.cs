using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Transparency;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Ledger;

/// <summary>Reads the log: entries in order, leaves, checkpoints, proofs, tiles. Every process of the node may, leading or not.</summary>
public sealed class LogReader(NpgsqlDataSource database)
{
    private const string Entry = $"select n.position, n.idx, {EventRow.Columns} from ledger.entries n join es.mt_events e on e.seq_id = n.seq_id";
    private const string CheckpointColumns = "c.size, c.root, c.note, c.signed_at";

    /// <summary>The entries after a position, in order, at most <paramref name="limit"/>; fewer or none at the end of the log. Start with 0.</summary>
    public async Task<IReadOnlyList<LogEntry>> Read(long after, int limit, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await Read(connection, after, limit, cancellationToken);
    }

    /// <summary>The last position given, 0 for an empty log.</summary>
    public Task<long> Position(CancellationToken cancellationToken = default) => Scalar("select coalesce(max(position), 0) from ledger.entries", cancellationToken);

    /// <summary>The leaf of an event; null while it is not in the log.</summary>
    public async Task<LogLeaf?> Leaf(Guid eventId, CancellationToken cancellationToken = default)
    {
        await using var command = await PreparedCommand.Open(database, "select position, idx, leaf from ledger.entries where event_id = $1", cancellationToken, new NpgsqlParameter<Guid> { TypedValue = eventId });
        await using var reader = await command.Read(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new(reader.GetInt64(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)) : null;
    }

    /// <summary>The newest checkpoint; null before the first.</summary>
    public async Task<PublishedCheckpoint?> Checkpoint(CancellationToken cancellationToken = default)
    {
        await using var command = await PreparedCommand.Open(database, $"select {CheckpointColumns} from ledger.checkpoints c order by c.size desc limit 1", cancellationToken);
        await using var reader = await command.Read(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? CheckpointOf(reader, 0) : null;
    }

    /// <summary>Leaf, first checkpoint that covers it, inclusion and consistency proof, in two queries; null while the event is not published.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="knownSize">The size the recipient acknowledged last; 0 when none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<LogProof?> Prove(Guid eventId, long knownSize = 0, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = await PreparedCommand.On(connection, $"""
            select n.position, n.idx, n.leaf, {CheckpointColumns} from ledger.entries n
            cross join lateral (select * from ledger.checkpoints k where k.size > n.idx order by k.size limit 1) c where n.event_id = $1
            """, cancellationToken, new NpgsqlParameter<Guid> { TypedValue = eventId });
        LogLeaf leaf;
        PublishedCheckpoint checkpoint;
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (!await reader.ReadAsync(cancellationToken))
                return null;
            (leaf, checkpoint) = (new(reader.GetInt64(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)), CheckpointOf(reader, 3));
        }
        var grown = knownSize > 0 && knownSize < checkpoint.Size;
        var ranges = ProofRanges.Inclusion(leaf.Index, checkpoint.Size);
        if (grown)
            ranges.AddRange(ProofRanges.Consistency(knownSize, checkpoint.Size));
        var tree = new MerkleTree(checkpoint.Size, await TileStore.Fetch(connection, ProofRanges.Tiles(ranges), cancellationToken));
        return new(leaf, checkpoint, tree.Inclusion(leaf.Index), grown ? tree.Consistency(knownSize) : []);
    }

    /// <summary>The inclusion proof of a leaf in the tree of that size, which must not be beyond the log.</summary>
    public async Task<IReadOnlyList<TreeHash>> Inclusion(long index, long size, CancellationToken cancellationToken = default) =>
        (await Tree(size, ProofRanges.Inclusion(index, size), cancellationToken)).Inclusion(index);

    /// <summary>The proof that the tree of <paramref name="oldSize"/> leaves (1 or more) is a prefix of the tree of <paramref name="size"/>.</summary>
    public async Task<IReadOnlyList<TreeHash>> Consistency(long oldSize, long size, CancellationToken cancellationToken = default) =>
        (await Tree(size, ProofRanges.Consistency(oldSize, size), cancellationToken)).Consistency(oldSize);

    /// <summary>The first hashes of a tile, as C2SP tlog-tiles serves it; null when the published log does not have that many.</summary>
    /// <param name="tile">Which tile.</param>
    /// <param name="width">1 to 256 hashes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ReadOnlyMemory<byte>?> Tile(Tile tile, int width, CancellationToken cancellationToken = default)
    {
        if (tile.WidthAt(await PublishedSize(cancellationToken)) < width)
            return null;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (await TileStore.Fetch(connection, [tile], cancellationToken))(tile)[..(width * TreeHash.Length)];
    }

    /// <summary>Leaves of an entry bundle (256 leaves a bundle, <paramref name="width"/> of them); null when the published log does not have that many.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>?> Leaves(long bundle, int width, CancellationToken cancellationToken = default)
    {
        if (new Tile(0, bundle).WidthAt(await PublishedSize(cancellationToken)) < width)
            return null;
        await using var command = database.CreateCommand("select leaf from ledger.entries where position > $1 and position <= $2 order by position");
        command.Parameters.Add(new() { Value = bundle * Protocol.Transparency.Tile.FullWidth });
        command.Parameters.Add(new() { Value = (bundle * Protocol.Transparency.Tile.FullWidth) + width });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var leaves = new List<ReadOnlyMemory<byte>>(width);
        while (await reader.ReadAsync(cancellationToken))
            leaves.Add(reader.GetFieldValue<byte[]>(0));
        return leaves;
    }

    /// <summary>Leaves that the newest checkpoint covers; 0 before the first.</summary>
    public Task<long> PublishedSize(CancellationToken cancellationToken = default) => Scalar("select coalesce(max(size), 0) from ledger.checkpoints", cancellationToken);

    internal static async Task<IReadOnlyList<LogEntry>> Read(NpgsqlConnection connection, long after, int limit, CancellationToken cancellationToken)
    {
        await using var command = await PreparedCommand.On(connection, $"{Entry} where n.position > $1 order by n.position limit $2", cancellationToken,
            new NpgsqlParameter<long> { TypedValue = after }, new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<LogEntry>();
        while (await reader.ReadAsync(cancellationToken))
            entries.Add(new(reader.GetInt64(0), reader.GetInt64(1), EventRow.Read(reader, 2)));
        return entries;
    }

    private async Task<MerkleTree> Tree(long size, List<(long, long)> ranges, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return new(size, await TileStore.Fetch(connection, ProofRanges.Tiles(ranges), cancellationToken));
    }

    private async Task<long> Scalar(string sql, CancellationToken cancellationToken)
    {
        await using var command = await PreparedCommand.Open(database, sql, cancellationToken);
        return (long)(await command.Command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static PublishedCheckpoint CheckpointOf(NpgsqlDataReader reader, int at) =>
        new(reader.GetInt64(at), TreeHash.From(reader.GetFieldValue<byte[]>(at + 1)), reader.GetString(at + 2), reader.GetFieldValue<DateTimeOffset>(at + 3));
}

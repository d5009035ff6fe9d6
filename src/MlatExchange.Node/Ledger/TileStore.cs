using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Transparency;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Ledger;

/// <summary>Reads stored tiles. The last, partial tile of level 0 is not stored: it is the leaf hashes of the last entries.</summary>
internal static class TileStore
{
    // One statement, hence one snapshot: a tile that is completed at this moment is found in one of the two places.
    private const string Sql = """
        with wanted as (select * from unnest($1, $2) as w(level, number)),
             stored as (select t.level, t.number, t.hashes from wanted join ledger.tiles t using (level, number))
        select level, number, hashes from stored
        union all
        select w.level, w.number, (select string_agg(e.leaf_hash, '' order by e.position) from ledger.entries e where e.position > w.number * 256 and e.position <= (w.number + 1) * 256)
        from wanted w where w.level = 0 and not exists (select from stored s where s.level = 0 and s.number = w.number)
        """;

    /// <summary>Fetches these tiles in one query. Reading one that the log lacks throws <see cref="InvalidDataException"/>: a log that lacks a tile cannot prove anything.</summary>
    public static async Task<TileReader> Fetch(NpgsqlConnection connection, IReadOnlyCollection<Tile> tiles, CancellationToken cancellationToken)
    {
        await using var command = await PreparedCommand.On(connection, Sql, cancellationToken,
            new() { Value = tiles.Select(t => (short)t.Level).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint },
            new() { Value = tiles.Select(t => t.Index).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        var found = new Dictionary<Tile, byte[]>(tiles.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (!reader.IsDBNull(2))
                found.Add(new(reader.GetInt16(0), reader.GetInt64(1)), reader.GetFieldValue<byte[]>(2));
        }
        return tile => found.TryGetValue(tile, out var hashes) ? hashes : throw new InvalidDataException($"The log lacks tile {tile.Level}/{tile.Index}.");
    }

    /// <summary>The tree of that size, ready to give its root and frontier.</summary>
    public static async Task<MerkleTree> Tree(NpgsqlConnection connection, long size, CancellationToken cancellationToken) =>
        new(size, await Fetch(connection, size == 0 ? [] : ProofRanges.Tiles([(0, size)]), cancellationToken));
}

using System.Text;
using System.Text.Json;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Transparency;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Exchange;

/// <summary>An event's place in the log and the first signed head that covers it.</summary>
/// <param name="Size">Leaves under that head.</param>
public sealed record LoggedEvent(long Index, byte[] Leaf, long Size, string Note);

/// <summary>
/// Makes the proofs that travel in <c>logged</c>, for many events at once: messages leave in batches, and one batch's proofs share nearly all their tiles.
/// Two queries whatever the number of events, and none where this process keeps the log and has just published them.
/// </summary>
public sealed class LoggedProofs(NpgsqlDataSource database, LogTail tail)
{
    private const string Sql = """
        select n.event_id, n.idx, n.leaf, c.size, c.note from ledger.entries n
        cross join lateral (select k.size, k.note from ledger.checkpoints k where k.size > n.idx order by k.size limit 1) c
        where n.event_id = any($1)
        """;

    /// <summary>Proofs by event; one that no published head covers yet is left out.</summary>
    /// <param name="openings">Openings of each event's leaf, as the vault keeps them.</param>
    /// <param name="acknowledged">Size of our log that the recipient acknowledged last, 0 for none.</param>
    public async Task<IReadOnlyDictionary<Guid, (LoggedProof Proof, long Size)>> Make(
        IReadOnlyDictionary<Guid, byte[]> openings, long acknowledged, CancellationToken cancellation)
    {
        if (tail.Prove([.. openings.Keys], acknowledged) is { } near)
        {
            return near.ToDictionary(pair => pair.Key, pair => (
                Proof(pair.Key, pair.Value.Leaf.Leaf, pair.Value.Leaf.Entry.Index, pair.Value.Inclusion, pair.Value.Leaf.Note,
                    pair.Value.Consistency is { } grown ? new(acknowledged, Texts(grown)) : null),
                pair.Value.Leaf.Head.Size));
        }

        var events = await Find(openings.Keys, cancellation);
        var ranges = new List<(long, long)>();
        foreach (var logged in events.Values) ranges.AddRange(ProofRanges.Inclusion(logged.Index, logged.Size));
        var sizes = events.Values.Select(logged => logged.Size).Distinct().ToArray();
        foreach (var size in sizes.Where(size => acknowledged > 0 && acknowledged <= size)) ranges.AddRange(ProofRanges.Consistency(acknowledged, size));

        await using var connection = await database.OpenConnectionAsync(cancellation);
        var tiles = ranges.Count == 0 ? _ => default : await TileStore.Fetch(connection, ProofRanges.Tiles(ranges), cancellation);
        var trees = sizes.ToDictionary(size => size, size => new MerkleTree(size, tiles));
        var consistency = sizes.Where(size => acknowledged > 0 && acknowledged <= size)
            .ToDictionary(size => size, size => new LoggedConsistency(acknowledged, Texts(trees[size].Consistency(acknowledged))));
        return events.ToDictionary(pair => pair.Key, pair => (Of(pair.Key, pair.Value), pair.Value.Size));

        LoggedProof Of(Guid id, LoggedEvent logged) =>
            Proof(id, logged.Leaf, logged.Index, trees[logged.Size].Inclusion(logged.Index), logged.Note, consistency.GetValueOrDefault(logged.Size));

        LoggedProof Proof(Guid id, byte[] leaf, long index, TreeHash[] inclusion, string note, LoggedConsistency? grown) => new(
            Encoding.UTF8.GetString(leaf), JsonSerializer.Deserialize<LoggedOpenings>(openings[id], StrictJson.Options)!, index, Texts(inclusion), note, grown);
    }

    private async Task<Dictionary<Guid, LoggedEvent>> Find(IEnumerable<Guid> ids, CancellationToken cancellation)
    {
        await using var prepared = await PreparedCommand.Open(
            database, Sql, cancellation, new NpgsqlParameter { Value = ids.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        await using var reader = await prepared.Read(cancellation);
        var found = new Dictionary<Guid, LoggedEvent>();
        while (await reader.ReadAsync(cancellation))
            found.Add(reader.GetGuid(0), new(reader.GetInt64(1), reader.GetFieldValue<byte[]>(2), reader.GetInt64(3), reader.GetString(4)));
        return found;
    }

    private static string[] Texts(TreeHash[] hashes) => Array.ConvertAll(hashes, hash => Base64Url.Encode(hash.Bytes));
}

using System.Runtime.CompilerServices;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Transparency;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Ledger;

/// <summary>
/// Re-derives the whole log from its leaves and compares everything with it: each event's row with its leaf, each leaf with its hash, the tiles and every
/// checkpoint with the tree. Uses nothing that was computed before, and one page of memory.
/// </summary>
public sealed class LedgerAudit(NpgsqlDataSource database, LogKey key)
{
    private const int PageSize = 1000;

    /// <summary>All findings, in the order of the log; none when everything agrees.</summary>
    /// <param name="guard">The guard's newest head (<see cref="LogGuard.Latest"/>), or null to leave it out.</param>
    /// <param name="cancellationToken">Stops between pages.</param>
    public async IAsyncEnumerable<AuditFinding> Run(Checkpoint? guard = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var frontier = TreeFrontier.Empty;
        var signed = await SignedHeads(cancellationToken);
        if (guard is not null)
            signed.Add((guard.Size, guard.Root, null));
        var heads = new Queue<(long Size, TreeHash Root, string? Note)>(signed.OrderBy(h => h.Size));
        var last = 0L;
        while (await Page(last, cancellationToken) is { Count: > 0 } page)
        {
            last = page[^1].Position;
            var hashes = page.ConvertAll(row => Rfc6962.Leaf(row.Leaf)).ToArray();
            for (var i = 0; i < page.Count; i++)
            {
                foreach (var finding in Compare(page[i], frontier.Size + i, hashes[i]))
                    yield return finding;
            }
            var before = frontier;
            while (heads.TryPeek(out var head) && head.Size <= before.Size + hashes.Length)
            {
                heads.Dequeue();
                if (before.Extend(hashes.AsSpan(0, (int)(head.Size - before.Size))).Frontier.Root() != head.Root || !Signed(head))
                    yield return Differs(head);
            }
            var extension = before.Extend(hashes);
            foreach (var tile in await ChangedTiles(extension, cancellationToken))
                yield return new(AuditFault.TileChanged, null, null, tile.Index << (8 * (tile.Level + 1)));
            frontier = extension.Frontier;
        }
        foreach (var head in heads)
            yield return Differs(head); // signed for more leaves than there are
        await foreach (var finding in NotLogged(cancellationToken))
            yield return finding;
    }

    private static AuditFinding Differs((long Size, TreeHash Root, string? Note) head) =>
        new(head.Note is null ? AuditFault.GuardDiffers : AuditFault.CheckpointDiffers, null, null, head.Size);

    private bool Signed((long Size, TreeHash Root, string? Note) head) =>
        head.Note is null || (Checkpoint.Verify(SignedNote.Parse(head.Note), key) is { } checkpoint && checkpoint.Size == head.Size && checkpoint.Root == head.Root);

    private static IEnumerable<AuditFinding> Compare(Row row, long index, TreeHash hash)
    {
        var (stream, version) = (row.Event?.Stream, row.Event?.Version);
        if (row.Position != index + 1 || row.Index != index)
            yield return new(AuditFault.Gap, stream, version, index);
        if (!hash.Bytes.SequenceEqual(row.LeafHash) || !Leaf.TryRead(row.Leaf, out var leaf))
        {
            yield return new(AuditFault.LeafChanged, stream, version, index);
            yield break;
        }
        if (row.Event is not { } e)
            yield return new(AuditFault.EventMissing, null, null, index);
        else if (e.Id != row.EventId || e.Type != leaf.Kind || WireTime.Text(e.At) != WireTime.Text(leaf.Time)
            || !EventDigest.Of(e, Bytes(leaf, "nonce")).AsSpan().SequenceEqual(Bytes(leaf, "eventDigest")))
            yield return new(AuditFault.EventChanged, stream, version, index);
    }

    private static byte[] Bytes(Leaf leaf, string member) => Base64Url.TryDecode(leaf.Members.GetProperty(member).GetString(), out var bytes) ? bytes : [];

    private async Task<List<Row>> Page(long after, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            select n.position, n.idx, n.leaf, n.leaf_hash, n.event_id, {EventRow.Columns}
            from ledger.entries n left join es.mt_events e on e.seq_id = n.seq_id where n.position > $1 order by n.position limit {PageSize}
            """);
        command.Parameters.Add(new() { Value = after });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<Row>(PageSize);
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(new(reader.GetInt64(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<byte[]>(3), reader.GetGuid(4), reader.IsDBNull(5) ? null : EventRow.Read(reader, 5)));
        return rows;
    }

    private async Task<List<Tile>> ChangedTiles(TreeExtension extension, CancellationToken cancellationToken)
    {
        var stored = extension.Tiles.Where(t => t.Tile.Level > 0 || t.Tile.WidthAt(extension.Frontier.Size) == Tile.FullWidth).ToList();
        if (stored.Count == 0)
            return [];
        await using var command = database.CreateCommand("""
            select w.level, w.number, substring(t.hashes from w.start + 1 for length(w.hashes)) is not distinct from w.hashes
            from unnest($1, $2, $3, $4) as w(level, number, start, hashes) left join ledger.tiles t using (level, number)
            """);
        command.Parameters.Add(new() { Value = stored.ConvertAll(t => (short)t.Tile.Level).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        command.Parameters.Add(new() { Value = stored.ConvertAll(t => t.Tile.Index).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = stored.ConvertAll(t => t.From * TreeHash.Length).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = stored.ConvertAll(t => t.Hashes.ToArray()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var changed = new List<Tile>();
        while (await reader.ReadAsync(cancellationToken))
        {
            if (!reader.GetBoolean(2))
                changed.Add(new(reader.GetInt16(0), reader.GetInt64(1)));
        }
        return changed;
    }

    private async Task<List<(long Size, TreeHash Root, string? Note)>> SignedHeads(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select size, root, note from ledger.checkpoints");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var heads = new List<(long, TreeHash, string?)>();
        while (await reader.ReadAsync(cancellationToken))
            heads.Add((reader.GetInt64(0), TreeHash.From(reader.GetFieldValue<byte[]>(1)), reader.GetString(2)));
        return heads;
    }

    private async IAsyncEnumerable<AuditFinding> NotLogged([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            select e.stream_id, e.version from es.mt_events e
            where e.type <> 'tombstone' and not exists (select from ledger.entries n where n.event_id = e.id) and not exists (select from ledger.pending p where p.seq_id = e.seq_id)
            order by e.seq_id
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return new(AuditFault.EventNotLogged, reader.GetString(0), reader.GetInt64(1), null);
    }

    private sealed record Row(long Position, long Index, byte[] Leaf, byte[] LeafHash, Guid EventId, StoredEvent? Event);
}

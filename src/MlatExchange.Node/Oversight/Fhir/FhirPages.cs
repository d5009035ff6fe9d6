using MlatExchange.Node.Ledger;
using Npgsql;

namespace MlatExchange.Node.Oversight.Fhir;

/// <summary>A page of resources, verbatim.</summary>
/// <param name="Resources">Id and JSON of each.</param>
/// <param name="Total">How many there are on all pages; null where it was not asked for.</param>
/// <param name="Next">Cursor of the next page; null on the last.</param>
/// <param name="Checkpoint">The first signed head that covers everything any page of the search looks at; null while the log is empty.</param>
internal sealed record FhirPage(IReadOnlyList<(Guid Id, byte[] Json)> Resources, long? Total, string? Next, PublishedCheckpoint? Checkpoint);

/// <summary>Reads the audit trail. All pages of a search are of the state in which its first page was read.</summary>
internal sealed class FhirPages(Snapshots snapshots, FhirNode node)
{
    /// <summary>A page; null when the rows stay behind the log.</summary>
    public async Task<FhirPage?> Read(FhirSearch search, CancellationToken cancellationToken)
    {
        await using var snapshot = await snapshots.Open(cancellationToken, search.After?.UpTo ?? 0);
        if (snapshot is null) return null;
        long? total = null;
        if (search.CountOnly || search.Total)
        {
            await using var count = search.Select(node, snapshot.Connection, snapshot.Position, count: true);
            total = (long)(await count.ExecuteScalarAsync(cancellationToken))!;
        }
        if (search.CountOnly) return new([], total, null, snapshot.Checkpoint);
        await using var command = search.Select(node, snapshot.Connection, snapshot.Position, count: false);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<(PageCursor Place, Guid Id, byte[] Json)>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add((new(snapshot.Position, reader.GetFieldValue<DateTimeOffset>(1).UtcTicks, reader.GetInt64(0)), reader.GetGuid(2), reader.GetFieldValue<byte[]>(3)));
        var more = rows.Count > search.Count;
        if (more) rows.RemoveAt(search.Count);
        return new([.. rows.Select(row => (row.Id, row.Json))], total, more ? rows[^1].Place.Text(search.Fingerprint()) : null, snapshot.Checkpoint);
    }

    /// <summary>One resource; null JSON where there is none of that id and kind. <c>CaughtUp</c> false when the rows stay behind the log.</summary>
    public async Task<(bool CaughtUp, byte[]? Json)> Find(string type, Guid id, CancellationToken cancellationToken)
    {
        await using var snapshot = await snapshots.Open(cancellationToken);
        if (snapshot is null) return (false, null);
        var body = type == "AuditEvent" ? "audit" : "provenance";
        await using var command = new NpgsqlCommand($"select {body} from read.audit_trail where event_id = $1", snapshot.Connection) { Parameters = { new() { Value = id } } };
        return (true, await command.ExecuteScalarAsync(cancellationToken) as byte[]);
    }
}

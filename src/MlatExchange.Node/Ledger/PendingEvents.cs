using MlatExchange.Node.Storage;
using Npgsql;

namespace MlatExchange.Node.Ledger;

/// <summary>Reads what waits for the log, in the order it enters: one snapshot, by sequence, the versions of each stream ascending.</summary>
internal static class PendingEvents
{
    private const string Sql = $"select {EventRow.Columns} from es.mt_events e where e.seq_id = any (array(select p.seq_id from ledger.pending p order by p.seq_id limit $1)) order by e.seq_id";

    public static async Task<List<StoredEvent>> Next(NpgsqlConnection connection, int limit, CancellationToken cancellationToken)
    {
        await using var command = await PreparedCommand.On(connection, Sql, cancellationToken, new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var events = new List<StoredEvent>();
        while (await reader.ReadAsync(cancellationToken))
            events.Add(EventRow.Read(reader));
        return InStreamOrder(events);
    }

    /// <summary>The same places for each stream, but its versions ascending: a hand-run INSERT may have given a lower version a higher sequence number.</summary>
    internal static List<StoredEvent> InStreamOrder(List<StoredEvent> events)
    {
        var last = new Dictionary<string, long>(events.Count);
        var ordered = true;
        foreach (var e in events)
        {
            ordered &= e.Version > last.GetValueOrDefault(e.Stream);
            last[e.Stream] = e.Version;
        }
        if (ordered)
            return events;
        var streams = events.GroupBy(e => e.Stream).ToDictionary(s => s.Key, s => new Queue<StoredEvent>(s.OrderBy(e => e.Version)));
        return events.ConvertAll(e => streams[e.Stream].Dequeue());
    }
}

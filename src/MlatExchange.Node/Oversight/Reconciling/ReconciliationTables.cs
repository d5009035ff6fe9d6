using System.Text.Json;
using MlatExchange.Domain.Oversight;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using Npgsql;

namespace MlatExchange.Node.Oversight.Reconciling;

/// <summary>A list of the other side that waits to be compared.</summary>
public sealed record ListToCompare(Guid Event, string Counterpart);

/// <summary>What is due in turn with a counterpart.</summary>
/// <param name="First">Instant of the oldest record.</param>
public sealed record TurnOf(string Counterpart, DateTimeOffset First, DateTimeOffset? ListedTo, DateTimeOffset? ListedAt, DateTimeOffset? ReportedTo);

/// <summary>Reads what is compared: this node's records, and the other side's lists out of the vault.</summary>
public sealed class ReconciliationTables(NpgsqlDataSource database, Vault vault, CurrentTrust trust)
{
    // Lists come once a period and when asked for; older ones than these speak of periods long reported.
    private const int NewestLists = 200;

    public async Task<IReadOnlyList<ListToCompare>> Waiting(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select event_id, counterpart from read.counterpart_lists where not compared order by position limit 32");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var waiting = new List<ListToCompare>();
        while (await reader.ReadAsync(cancellation)) waiting.Add(new(reader.GetGuid(0), reader.GetString(1)));
        return waiting;
    }

    public async Task<IReadOnlyList<TurnOf>> Turns(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select c.counterpart, f.issued_at, r.listed_to, r.listed_at, r.reported_to from unnest($1) as c (counterpart)
            cross join lateral (select issued_at from read.exchanged_records e where e.counterpart = c.counterpart order by issued_at limit 1) f
            left join read.reconciliations r on r.counterpart = c.counterpart
            """);
        command.Parameters.Add(new() { Value = trust().Jurisdictions.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var turns = new List<TurnOf>();
        while (await reader.ReadAsync(cancellation))
            turns.Add(new(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), Instant(reader, 2), Instant(reader, 3), Instant(reader, 4)));
        return turns;
    }

    /// <summary>This node's records of a period in order, and those outside it that are among <paramref name="named"/>. What the other side signed that it did not take is no part of them.</summary>
    public async Task<IReadOnlyList<ExchangedRecord>> Own(string counterpart, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<RecordPlace> named, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select ours, thread, seq, record, issued_at from read.exchanged_records where counterpart = $1 and not rejected and issued_at >= $2 and issued_at < $3
            union
            select ours, thread, seq, record, issued_at from unnest($4, $5, $6) as n (ours, thread, seq) join read.exchanged_records e using (ours, thread, seq) where e.counterpart = $1 and not e.rejected
            order by issued_at, thread, ours, seq
            """);
        foreach (var value in (object[])[counterpart, from, to, named.Select(place => place.Ours).ToArray(), named.Select(place => place.Thread).ToArray(), named.Select(place => place.Seq).ToArray()])
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var own = new List<ExchangedRecord>();
        while (await reader.ReadAsync(cancellation))
            own.Add(new(new(reader.GetBoolean(0), reader.GetString(1), reader.GetInt64(2)), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4)));
        return own;
    }

    /// <summary>The newest lists of a counterpart, by the event that accepted them; those whose day's key was destroyed are gone.</summary>
    public async Task<IReadOnlyDictionary<Guid, CounterpartList>> Lists(string counterpart, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select event_id from read.counterpart_lists where counterpart = $1 order by position desc limit $2");
        command.Parameters.Add(new() { Value = counterpart });
        command.Parameters.Add(new() { Value = NewestLists });
        var ids = new List<Guid>();
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation)) ids.Add(reader.GetGuid(0));
        var texts = await vault.Open([.. ids.Select(StoredMessage.Reference)], cancellation);
        var theirs = trust().NodeOf(counterpart)?.Entity;
        return ids.Where(id => texts.ContainsKey(StoredMessage.Reference(id))).ToDictionary(id => id, id => Read(StoredMessage.Read(texts[StoredMessage.Reference(id)]).Message, theirs));
    }

    private static CounterpartList Read(string text, string? theirs)
    {
        if (!CompactJws.TryRead(text, out var jws, out _)) throw new InvalidOperationException("A stored list cannot be read.");
        using var payload = JsonDocument.Parse(jws.Payload);
        var (message, _) = Message.Read(text, jws.KeyId, MessageKind.ReconciliationList, payload.RootElement.Clone());
        var body = (MessageBody.ReconciliationList)(message ?? throw new InvalidOperationException("A stored list has not its shape.")).Body;
        return new(body.From, body.To, message.Core.IssuedAt, [.. body.Entries.Select(entry => new ListedRecord(new(entry.Iss != theirs, entry.Thread, entry.Seq), entry.Record.ToString()))]);
    }

    private static DateTimeOffset? Instant(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
}

using System.Collections.Concurrent;
using MlatExchange.Protocol.Transparency;
using MlatExchange.Protocol.Verification;
using Npgsql;

namespace MlatExchange.Node.Exchange;

/// <summary>
/// The newest head of each counterpart's log that this node has verified. Kept in memory and written now and then: a crash loses seconds, after which an older
/// head serves the same purpose, because every later one must contain it.
/// </summary>
public sealed partial class PeerLogs(NpgsqlDataSource database, ILogger<PeerLogs> log)
{
    private readonly ConcurrentDictionary<string, Checkpoint> _newest = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _changed = new(StringComparer.Ordinal);

    /// <summary>The newest head, or null when none was seen.</summary>
    public Checkpoint? Newest(string counterpart) => _newest.GetValueOrDefault(counterpart);

    /// <summary>Takes over what an accepted message showed. A fork is an alarm: both heads lie with the messages that showed them.</summary>
    public void Take(string counterpart, IReadOnlyList<LogFinding> findings)
    {
        foreach (var finding in findings)
        {
            if (finding.Consistency == LogConsistency.Fork)
            {
                Forked(counterpart, finding.Checkpoint.Size);
                continue;
            }

            // One that is not yet shown to contain what was seen before does not replace it.
            if (finding.Consistency == LogConsistency.Pending) continue;
            var newest = _newest.AddOrUpdate(counterpart, finding.Checkpoint, (_, old) => old.Origin == finding.Checkpoint.Origin && old.Size >= finding.Checkpoint.Size ? old : finding.Checkpoint);
            if (ReferenceEquals(newest, finding.Checkpoint)) _changed[counterpart] = true;
        }
    }

    public async Task Load(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select counterpart, origin, size, root from exchange.peer_log");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            _newest.TryAdd(reader.GetString(0), new(reader.GetString(1), reader.GetInt64(2), TreeHash.From(reader.GetFieldValue<byte[]>(3))));
    }

    public async Task Write(CancellationToken cancellation)
    {
        foreach (var counterpart in _changed.Keys.ToArray())
        {
            if (!_changed.TryRemove(counterpart, out _) || !_newest.TryGetValue(counterpart, out var head)) continue;
            await using var command = database.CreateCommand("""
                insert into exchange.peer_log as p (counterpart, origin, size, root) values ($1, $2, $3, $4)
                on conflict (counterpart) do update set origin = excluded.origin, size = excluded.size, root = excluded.root
                where p.origin <> excluded.origin or p.size < excluded.size
                """);
            command.Parameters.Add(new() { Value = counterpart });
            command.Parameters.Add(new() { Value = head.Origin });
            command.Parameters.Add(new() { Value = head.Size });
            command.Parameters.Add(new() { Value = head.Root.Bytes.ToArray() });
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    [LoggerMessage(EventId = 4103, Level = LogLevel.Critical, Message = "The log of {Counterpart} forked: a head of size {Size} contradicts one seen before")]
    private partial void Forked(string counterpart, long size);
}

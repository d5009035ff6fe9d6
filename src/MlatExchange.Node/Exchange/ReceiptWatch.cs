using Npgsql;

namespace MlatExchange.Node.Exchange;

/// <summary>How long a counterpart may take before a message is sent to it again.</summary>
/// <param name="Receipt">From sending to the first repetition; each further pause is six times as long, a day at most.</param>
public sealed record Patience(TimeSpan Receipt);

/// <summary>
/// Our messages that no receipt has spoken of. A gap in a thread is noticed by its receiver, who asks; the last message of a thread leaves no gap, so its sender watches. Each
/// is sent again, later and later, until a receipt comes or it is given up after 30 days; the receiver recognises a repeat and answers with its first receipt.
/// Used by one thread, the courier's.
/// </summary>
public sealed class ReceiptWatch(Outbox outbox, Patience patience, TimeProvider clock)
{
    private const int AtOnce = 64;
    private const int Steps = 6;
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);
    private static readonly TimeSpan GivenUp = TimeSpan.FromDays(30);
    private static readonly TimeSpan LongestMoment = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Waiting> _waiting = new(StringComparer.Ordinal);
    private readonly List<string> _settled = [];

    /// <summary>The place to read the log from after a crash, so that every message without a receipt is known again.</summary>
    /// <param name="position">Up to which the log was read.</param>
    public long From(long position) => _waiting.Values.Where(waiting => !waiting.Written).Select(waiting => waiting.Message.Position - 1).Append(position).Min();

    /// <summary>What was written down before.</summary>
    public async Task Load(NpgsqlConnection connection, CancellationToken cancellation)
    {
        _waiting.Clear();
        _settled.Clear();
        await using var command = new NpgsqlCommand("select digest, counterpart, thread, event_id, bus_id, signed_at from exchange.unanswered", connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var message = new Outbound(0, rows.GetString(2), rows.GetGuid(3), rows.GetGuid(4), rows.GetString(0));
            _waiting[message.Digest] = new(message, rows.GetString(1), rows.GetFieldValue<DateTimeOffset>(5)) { Written = true };
        }
    }

    public void Sent(Outbound message, string counterpart, DateTimeOffset at) => _waiting.TryAdd(message.Digest, new(message, counterpart, at));

    public void Receipted(string digest)
    {
        if (_waiting.Remove(digest, out var waited) && waited.Written) _settled.Add(digest);
    }

    /// <summary>Sends again what has waited for long enough.</summary>
    /// <returns>How many to each counterpart.</returns>
    public IReadOnlyDictionary<string, int> Remind()
    {
        var (now, again) = (clock.GetUtcNow(), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var waiting in _waiting.Values.Where(waiting => waiting.Message.Position <= outbox.To(waiting.Counterpart).Sent))
        {
            waiting.Due ??= now + Pause(0);
            if (waiting.Due > now || again.Values.Sum() == AtOnce) continue;
            outbox.Resend(waiting.Counterpart, waiting.Message with { Position = 0 });
            waiting.Due = now + Pause(++waiting.Times);
            again[waiting.Counterpart] = again.GetValueOrDefault(waiting.Counterpart) + 1;
        }

        foreach (var (digest, _) in _waiting.Where(pair => now - pair.Value.At > GivenUp).ToList()) Receipted(digest);
        return again;
    }

    /// <summary>Adds to a batch what must outlive the process.</summary>
    public void Write(NpgsqlBatch batch)
    {
        foreach (var (digest, waiting) in Unwritten())
        {
            batch.BatchCommands.Add(new("insert into exchange.unanswered (digest, counterpart, thread, event_id, bus_id, signed_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing")
            {
                Parameters =
                {
                    new() { Value = digest }, new() { Value = waiting.Counterpart }, new() { Value = waiting.Message.Thread }, new() { Value = waiting.Message.EventId },
                    new() { Value = waiting.Message.BusId }, new() { Value = waiting.At },
                },
            });
            waiting.Written = true;
        }

        if (_settled.Count > 0) batch.BatchCommands.Add(new("delete from exchange.unanswered where digest = any($1)") { Parameters = { new() { Value = _settled.ToArray() } } });
        _settled.Clear();
    }

    private IEnumerable<KeyValuePair<string, Waiting>> Unwritten()
    {
        var moment = TimeSpan.FromTicks(Math.Min(patience.Receipt.Ticks / 2, LongestMoment.Ticks)); // most receipts come sooner, and then nothing is written
        var before = clock.GetUtcNow() - moment;
        return _waiting.Where(pair => !pair.Value.Written && pair.Value.At < before);
    }

    private TimeSpan Pause(int times) => TimeSpan.FromTicks(Math.Min((long)(patience.Receipt.Ticks * Math.Pow(Steps, Math.Min(times, 9))), LongestPause.Ticks));

    private sealed class Waiting(Outbound message, string counterpart, DateTimeOffset at)
    {
        public Outbound Message => message;

        public string Counterpart => counterpart;

        public DateTimeOffset At => at;

        public bool Written { get; set; }

        public int Times { get; set; }

        public DateTimeOffset? Due { get; set; }
    }
}

using System.Collections.Concurrent;
using System.Threading.Channels;

namespace MlatExchange.Node.Exchange;

/// <summary>One signed message on its way out.</summary>
/// <param name="Position">Place in the log; 0 for one that is sent again.</param>
/// <param name="Thread">Its thread: messages of one go out one after the other, those of different ones together.</param>
/// <param name="BusId">Its identifier on the bus, the same each time.</param>
public sealed record Outbound(long Position, string Thread, Guid EventId, Guid BusId, string Digest);

/// <summary>
/// What leaves this node: one lane per counterpart, so that a counterpart that is suspended or unreachable holds up nobody else. Lanes are fed from the log, in
/// its order, and never before a published head covers the message.
/// </summary>
public sealed class Outbox(Func<string, OutboxLane> lane, TimeProvider clock)
{
    private static readonly TimeSpan ResendAtMostEvery = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, Lazy<OutboxLane>> _lanes = new(StringComparer.Ordinal);
    private readonly Channel<OutboxLane> _opened = Channel.CreateUnbounded<OutboxLane>();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _resent = new();

    public IEnumerable<OutboxLane> Lanes => _lanes.Values.Select(made => made.Value);

    /// <summary>The lane of a counterpart, opened at its first use.</summary>
    public OutboxLane To(string counterpart) => _lanes.GetOrAdd(counterpart, code => new(() => Open(code))).Value;

    /// <summary>Runs every lane until stopped.</summary>
    public async Task Run(CancellationToken stopping)
    {
        var running = new List<Task>();
        await foreach (var opened in _opened.Reader.ReadAllAsync(stopping)) running.Add(opened.Run(stopping));
        await Task.WhenAll(running);
    }

    /// <summary>
    /// Seals and sends a message again: the answer to a repeat or to a resend request. A flood of repeats is answered once in two seconds per message.
    /// </summary>
    public void Resend(string counterpart, Outbound message)
    {
        var now = clock.GetUtcNow();
        if (_resent.Count > 4096) _resent.Clear();
        var due = true;
        _resent.AddOrUpdate(message.EventId, now, (_, last) => (due = now - last >= ResendAtMostEvery) ? now : last);
        if (due) To(counterpart).Offer(message);
    }

    /// <summary>The same for a message of a thread.</summary>
    public void Resend(string counterpart, string thread, Domain.Threads.ThreadMessage message) =>
        Resend(counterpart, new(0, thread, message.EventId, message.BusId, message.Digest));

    private OutboxLane Open(string counterpart)
    {
        var opened = lane(counterpart);
        _opened.Writer.TryWrite(opened);
        return opened;
    }
}

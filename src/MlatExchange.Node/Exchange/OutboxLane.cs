using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol;
using MlatExchange.Protocol.Envelope;

namespace MlatExchange.Node.Exchange;

/// <summary>
/// Sends to one counterpart, in the order of the log. Two stages work at once: one reads and seals the next batch while the other waits for the broker's
/// confirmations of the one before. A message counts as sent once the broker has it on disk; a crash before the cursor is written sends it again, and the
/// receiver recognises it.
/// </summary>
public sealed partial class OutboxLane(
    string counterpart, CurrentTrust trust, Vault vault, LoggedProofs proofs, LogBell bell, ExchangeBus bus, RandomSource random, TimeProvider clock, ILogger<OutboxLane> log)
{
    private const int Most = 64;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Closed = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Confirmed = TimeSpan.FromSeconds(30);

    private readonly Channel<Outbound> _waiting = Channel.CreateUnbounded<Outbound>(new() { SingleReader = true });
    private readonly Channel<List<Ready>> _sealed = Channel.CreateBounded<List<Ready>>(new BoundedChannelOptions(1) { SingleReader = true });
    private readonly ConcurrentDictionary<string, long> _shown = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _relayed = new();
    private long _offered;
    private long _sent;
    private long _acknowledged;

    public string Counterpart => counterpart;

    /// <summary>Position up to which everything for this counterpart was confirmed.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Size of our log that the counterpart has acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Whether all that was offered is sent.</summary>
    public bool Idle => Interlocked.Read(ref _offered) == Sent;

    /// <summary>Where it stood when it was last written down.</summary>
    public void Resume(long position, long acknowledged)
    {
        Interlocked.Exchange(ref _offered, position);
        Interlocked.Exchange(ref _sent, position);
        Interlocked.Exchange(ref _acknowledged, acknowledged);
    }

    /// <summary>Puts a message in line. One from the log that was sent already is passed over.</summary>
    public void Offer(Outbound message)
    {
        if (message.Position > 0)
        {
            if (message.Position <= Interlocked.Read(ref _offered)) return;
            Interlocked.Exchange(ref _offered, message.Position);
        }

        _waiting.Writer.TryWrite(message);
    }

    /// <summary>Nothing for this counterpart lies before <paramref name="position"/> that was not offered.</summary>
    public void PassTo(long position)
    {
        if (!Idle || position <= Sent) return;
        Interlocked.Exchange(ref _offered, position);
        Interlocked.Exchange(ref _sent, position);
    }

    /// <summary>The counterpart proved that it has our message: it has seen the head that was sent with it.</summary>
    public void Acknowledge(string digest)
    {
        if (!_shown.TryRemove(digest, out var size)) return;
        long known;
        while ((known = Acknowledged) < size && Interlocked.CompareExchange(ref _acknowledged, size, known) != known) { }
    }

    /// <summary>Digests of the messages relayed since the last call.</summary>
    public IReadOnlyList<string> TakeRelayed()
    {
        var taken = new List<string>();
        while (taken.Count < 500 && _relayed.TryDequeue(out var digest)) taken.Add(digest);
        return taken;
    }

    public Task Run(CancellationToken stopping) => Task.WhenAll(Seal(stopping), Send(stopping));

    private async Task Seal(CancellationToken stopping)
    {
        while (await _waiting.Reader.WaitToReadAsync(stopping))
        {
            var batch = new List<Outbound>();
            while (batch.Count < Most && _waiting.Reader.TryRead(out var next)) batch.Add(next);
            await Exchanging.UntilDone(() => Prepare(batch, stopping), Failed, clock, stopping);
        }
    }

    private async Task Prepare(List<Outbound> batch, CancellationToken stopping)
    {
        var ids = batch.Select(message => message.EventId).Distinct().ToArray();
        var entries = await vault.Open(ids.Select(id => new[] { StoredMessage.Reference(id), Openings(id), StoredMessage.SharesReference(id) }), bell.Tail.Sealed, stopping);
        var sendable = ids.Where(id => entries.ContainsKey(StoredMessage.Reference(id)) && entries.ContainsKey(Openings(id))).ToArray();
        if (sendable.Length < ids.Length) Erased(counterpart, ids.Length - sendable.Length);
        var openings = sendable.ToDictionary(id => id, id => entries[Openings(id)]);
        var acknowledged = Acknowledged;
        var next = bell.NextPublished;
        var logged = await proofs.Make(openings, acknowledged, stopping);
        while (logged.Count < sendable.Length)
        {
            await LogBell.Wait(next, Poll, stopping);
            next = bell.NextPublished;
            logged = await proofs.Make(openings, acknowledged, stopping);
        }

        while (!IsOpen()) await Task.Delay(Closed, clock, stopping);
        var recipient = trust().NodeOf(counterpart)!.NewestEncryptionKey(clock.GetUtcNow())!.Key;
        var ready = new Ready[batch.Count];
        Parallel.For(0, batch.Count, i =>
        {
            if (!logged.TryGetValue(batch[i].EventId, out var proof))
            {
                ready[i] = new(batch[i], null, 0);
                return;
            }

            var stored = StoredMessage.Read(entries[StoredMessage.Reference(batch[i].EventId)]);
            var shares = entries.TryGetValue(StoredMessage.SharesReference(batch[i].EventId), out var found) ? StoredMessage.ReadShares(found) : [];
            var text = new SealedEnvelope(stored.Message, stored.Acts, shares, stored.Disclosures, proof.Proof).Seal(recipient, random);
            ready[i] = new(batch[i], Encoding.ASCII.GetBytes(text), proof.Size);
        });
        await _sealed.Writer.WriteAsync([.. ready], stopping);
    }

    private async Task Send(CancellationToken stopping)
    {
        await foreach (var batch in _sealed.Reader.ReadAllAsync(stopping))
        {
            var left = batch.Where(ready => ready.Bytes is not null).ToList();
            await Exchanging.UntilDone(() => Publish(left, stopping), Failed, clock, stopping);
            if (batch.FindLast(ready => ready.Message.Position > 0) is { } last) Interlocked.Exchange(ref _sent, last.Message.Position);
        }
    }

    private async Task Publish(List<Ready> left, CancellationToken stopping)
    {
        while (!IsOpen()) await Task.Delay(Closed, clock, stopping);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(Confirmed);
        foreach (var ready in left) _shown[ready.Message.Digest] = ready.Size;
        var sent = new ConcurrentBag<Ready>();
        // One thread's messages wait for each other, so that none overtakes the one before it and is held and asked for at the other side.
        var publishing = Task.WhenAll(left.GroupBy(ready => ready.Message.Thread, StringComparer.Ordinal).Select(async thread =>
        {
            foreach (var ready in thread)
            {
                await bus.Publish(counterpart, ready.Bytes!, ready.Message.BusId, patience.Token);
                sent.Add(ready);
                if (ready.Message.Position > 0) _relayed.Enqueue(ready.Message.Digest);
            }
        }));
        await publishing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        left.RemoveAll(sent.Contains);
        await publishing;
        if (_shown.Count > 16384) _shown.Clear(); // what was not acknowledged by then only makes later proofs longer
    }

    /// <summary>Whether anything may be sent to the counterpart at this instant.</summary>
    private bool IsOpen()
    {
        var (now, lists) = (clock.GetUtcNow(), trust());
        return lists.NodeOf(counterpart) is { } node && !lists.IsExpired(counterpart, now) && lists.SuspensionOf(node.Entity, now) is null && node.NewestEncryptionKey(now) is not null;
    }

    private void Failed(Exception failure, int attempt)
    {
        if (attempt is 1 or 10 || attempt % 100 == 0) NotSent(counterpart, failure.GetType().Name, attempt);
    }

    private static string Openings(Guid id) => $"openings/{id}";

    [LoggerMessage(EventId = 4110, Level = LogLevel.Warning, Message = "Messages to {Counterpart} are not sent yet ({Fault}, attempt {Attempt}); they are kept and tried again")]
    private partial void NotSent(string counterpart, string fault, int attempt);

    [LoggerMessage(EventId = 4111, Level = LogLevel.Error, Message = "{Count} messages to {Counterpart} cannot be sent any more: their keys were destroyed")]
    private partial void Erased(string counterpart, int count);

    private sealed record Ready(Outbound Message, byte[]? Bytes, long Size);
}

using MlatExchange.Domain.Threads;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Storage;
using Npgsql;

namespace MlatExchange.Node.Exchange;

/// <summary>
/// Follows the log in its order and hands each signed message to the lane of its recipient and each accepted one to the receipts. One process of the node does
/// it at a time, by an advisory lock; two at once would send twice, which receivers recognise. Places reached are written once a second: what a crash repeats
/// is recognised too.
/// </summary>
public sealed partial class Courier(
    NpgsqlDataSource database, LogReader reader, LogBell bell, Outbox outbox, Receipts receipts, ReceiptWatch watch, PeerLogs peers, IEventStore store, Recorder recorder,
    TimeProvider clock, ILogger<Courier> log)
{
    private const long LockKey = 0x6d6c61745f6f7574; // "mlat_out"
    private const int Page = 512;
    private const string ReceiptsCursor = "#receipts";
    private const string WatchCursor = "#unanswered";
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Standby = TimeSpan.FromSeconds(1);

    /// <summary>Leads whenever it can, until stopped.</summary>
    public async Task Run(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stopping);
                if (!await TryLock(connection, stopping)) await Task.Delay(Standby, clock, stopping);
                else await Lead(connection, stopping);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                Interrupted(failure.GetType().Name);
                await Task.Delay(Standby, clock, stopping);
            }
        }
    }

    private async Task Lead(NpgsqlConnection connection, CancellationToken stopping)
    {
        var position = await Resume(connection, stopping);
        try
        {
            var written = clock.GetUtcNow();
            while (true)
            {
                var next = bell.NextPublished;
                var entries = bell.Tail.After(position, Page) ?? await reader.Read(position, Page, stopping);
                foreach (var entry in entries) Hand(entry);
                if (entries.Count > 0) position = entries[^1].Position;
                if (clock.GetUtcNow() - written >= WriteEvery)
                {
                    await Write(connection, position, stopping);
                    written = clock.GetUtcNow();
                }

                if (entries.Count < Page) await LogBell.Wait(next, Poll, stopping);
                stopping.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await LetGo(connection, position);
        }
    }

    private void Hand(LogEntry entry)
    {
        if (!entry.Event.Type.StartsWith("thread.", StringComparison.Ordinal)) return;
        switch (recorder.Read(entry.Event))
        {
            case ThreadEvent.MessageSigned signed:
                var message = new Outbound(entry.Position, entry.Event.Stream["thread-".Length..], entry.Event.Id, signed.BusId, signed.Digest);
                outbox.To(signed.Counterpart).Offer(message);
                if (Protocol.Messages.MessageKind.Of(signed.Kind) is { IsReceipted: true }) watch.Sent(message, signed.Counterpart, signed.At);
                break;
            case ThreadEvent.MessageAccepted { Receipt: { } receipt }:
                watch.Receipted(receipt.Of);
                break;
            case ThreadEvent.MessageAccepted accepted when Protocol.Messages.MessageKind.Of(accepted.Kind) is { IsReceipted: true }:
                receipts.Offer(new(entry.Position, entry.Event.Stream["thread-".Length..], entry.Event.Id, accepted));
                break;
        }
    }

    private async Task<long> Resume(NpgsqlConnection connection, CancellationToken stopping)
    {
        await watch.Load(connection, stopping);
        await using var command = new NpgsqlCommand("select recipient, position, acknowledged from exchange.outbox_cursor", connection);
        await using var rows = await command.ExecuteReaderAsync(stopping);
        var (least, receiptsAt) = (long.MaxValue, 0L);
        while (await rows.ReadAsync(stopping))
        {
            var (recipient, position) = (rows.GetString(0), rows.GetInt64(1));
            if (recipient == ReceiptsCursor) receiptsAt = position;
            else if (recipient != WatchCursor) outbox.To(recipient).Resume(position, rows.GetInt64(2));
            least = Math.Min(least, position);
        }

        receipts.Resume(receiptsAt);
        foreach (var lane in outbox.Lanes) least = Math.Min(least, lane.Sent);
        return least == long.MaxValue ? 0 : Math.Min(least, receiptsAt);
    }

    /// <summary>Writes places reached and, in one event per recipient, which messages were relayed.</summary>
    private async Task Write(NpgsqlConnection connection, long position, CancellationToken stopping)
    {
        receipts.PassTo(position);
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, ReceiptsCursor, receipts.Done, 0);
        watch.Write(batch);
        Add(batch, WatchCursor, watch.From(position), 0);
        foreach (var lane in outbox.Lanes)
        {
            lane.PassTo(position);
            Add(batch, lane.Counterpart, lane.Sent, lane.Acknowledged);
        }

        await batch.ExecuteNonQueryAsync(stopping);
        foreach (var (counterpart, count) in watch.Remind()) SentAgain(count, counterpart);
        await peers.Write(stopping);
        foreach (var lane in outbox.Lanes)
        {
            if (lane.TakeRelayed() is not { Count: > 0 } relayed) continue;
            var now = clock.GetUtcNow();
            var id = Guid.CreateVersion7(now);
            var (stored, _) = recorder.Record(new LinkEvent.Relayed(lane.Counterpart, relayed, now), id, Effects.DayKey(clock), null, new Dictionary<string, string>());
            await store.Append(Append.To($"relay-{id}", 0, stored), stopping);
        }
    }

    private static void Add(NpgsqlBatch batch, string recipient, long position, long acknowledged) => batch.BatchCommands.Add(new("""
        insert into exchange.outbox_cursor as c (recipient, position, acknowledged) values ($1, $2, $3)
        on conflict (recipient) do update set position = excluded.position, acknowledged = excluded.acknowledged
        where c.position <> excluded.position or c.acknowledged <> excluded.acknowledged
        """)
    {
        Parameters = { new() { Value = recipient }, new() { Value = position }, new() { Value = acknowledged } },
    });

    private static async Task<bool> TryLock(NpgsqlConnection connection, CancellationToken stopping)
    {
        await using var command = new NpgsqlCommand($"select pg_try_advisory_lock({LockKey})", connection);
        return (bool)(await command.ExecuteScalarAsync(stopping))!;
    }

    // The connection goes back to the pool, which does not reset it. Places are written once more, so that a node that stops in order repeats nothing.
    private async Task LetGo(NpgsqlConnection connection, long position)
    {
        if (connection.FullState != System.Data.ConnectionState.Open) return;
        await Write(connection, position, CancellationToken.None);
        await using var command = new NpgsqlCommand($"select pg_advisory_unlock({LockKey})", connection);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    [LoggerMessage(EventId = 4141, Level = LogLevel.Warning, Message = "{Count} messages to {Counterpart} were sent again, because no receipt has come for them")]
    private partial void SentAgain(int count, string counterpart);

    [LoggerMessage(EventId = 4140, Level = LogLevel.Warning, Message = "Following the log for the outbox was interrupted ({Fault}) and starts again")]
    private partial void Interrupted(string fault);
}

using System.Security.Cryptography;
using System.Threading.Channels;
using MlatExchange.Node.Storage;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Exchange;

/// <summary>A message as it came, before anything about it is believed.</summary>
/// <param name="Digest">SHA-256 of <paramref name="Body"/>.</param>
/// <param name="Counterpart">Code of the jurisdiction whose queue it came through.</param>
/// <param name="Body">The bytes the broker handed over.</param>
/// <param name="ReceivedAt">When it first came, UTC, to the microsecond; verification uses this instant also when it has to wait.</param>
/// <param name="Delivery">While the broker waits for it; null for what was read back from the table.</param>
public sealed record RawMessage(byte[] Digest, string Counterpart, byte[] Body, DateTimeOffset ReceivedAt, Delivery? Delivery = null)
{
    /// <summary>Whether its bytes lie in the table, and go from there with whatever settles it.</summary>
    public bool IsStored => Delivery is not { IsStored: false };
}

/// <summary>A delivery that the broker keeps until it is durable here: as what it came to, or as raw bytes.</summary>
public sealed class Delivery
{
    private readonly TaskCompletionSource _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _asked;
    private volatile bool _stored;
    private volatile bool _settled;

    internal Task Durable => _durable.Task;

    internal bool IsStored { get => _stored; set => _stored = value; }

    internal bool IsSettled { get => _settled; set => _settled = value; }

    /// <summary>True for the first who asks.</summary>
    internal bool AskToStore() => Interlocked.Exchange(ref _asked, 1) == 0;

    internal void Done() => _durable.TrySetResult();

    internal void Failed(Exception failure) => _durable.TrySetException(failure);
}

/// <summary>
/// Lets the broker forget a message once it is durable here. Most are judged within milliseconds, and then the append that settles them is all that is written.
/// What has to wait (for an earlier message, a database, an effect that fails), or is not settled within <see cref="Soon"/>, is stored as it came: deliveries
/// that wait together share one INSERT, the same bytes twice are one row, and a row that nobody finished (a crash) is found again by <see cref="Leftovers"/>.
/// </summary>
public sealed class Inbox(NpgsqlDataSource database, Quarantine quarantine, Func<RawMessage, ValueTask> verify, TimeProvider clock)
{
    /// <summary>How long a message may be judged before its raw bytes are stored.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private const int Most = 256;
    private const string Insert =
        "insert into exchange.inbox_raw (digest, counterpart, body, received_at) select * from unnest($1, $2, $3, $4) on conflict (digest) do nothing";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Channel<RawMessage> _toStore = Channel.CreateUnbounded<RawMessage>(new() { SingleReader = true }); // as many as the broker hands out at most
    private int _inHand;

    /// <summary>Deliveries that are neither settled nor stored yet.</summary>
    public int InHand => Volatile.Read(ref _inHand);

    /// <summary>Completes when the message is durable. While the database is away it waits, so the broker keeps what we cannot.</summary>
    public async Task Take(string counterpart, byte[] body, CancellationToken stopping)
    {
        var delivery = new Delivery();
        var message = new RawMessage(SHA256.HashData(body), counterpart, body, Now(), delivery);
        if (body.Length > SealedMessage.MaxBytes)
        {
            await quarantine.Add(message, 1, "too-large", stopping, keepBody: false);
            return;
        }

        Interlocked.Increment(ref _inHand);
        try
        {
            await verify(message);
            await delivery.Durable.WaitAsync(Soon, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!delivery.Durable.IsCompleted) Keep(message);
            await delivery.Durable.WaitAsync(stopping);
        }
        finally
        {
            Interlocked.Decrement(ref _inHand);
        }
    }

    /// <summary>Has the raw bytes stored, because the message cannot be settled now. Asking again changes nothing.</summary>
    public void Keep(RawMessage message)
    {
        if (message.Delivery is { } delivery && delivery.AskToStore()) _toStore.Writer.TryWrite(message);
    }

    /// <summary>Stores what has to wait, until stopped.</summary>
    public async Task Run(CancellationToken stopping)
    {
        var batch = new List<RawMessage>(Most);
        while (await _toStore.Reader.WaitToReadAsync(stopping))
        {
            batch.Clear();
            while (batch.Count < Most && _toStore.Reader.TryRead(out var next)) batch.Add(next);
            while (!await Store(batch, stopping)) await Task.Delay(Pause, clock, stopping);
            foreach (var one in batch)
            {
                one.Delivery!.IsStored = true;
                // Settled while the row was written, by whoever did not see the row: then nobody else forgets it.
                if (one.Delivery.IsSettled) await Exchanging.UntilDone(() => Forget(one.Digest, stopping), (_, _) => { }, clock, stopping);
                one.Delivery.Done();
            }
        }
    }

    /// <summary>The message has come to what it comes to, durably: the broker and the table may forget it.</summary>
    /// <param name="rowIsGone">Whether the transaction that settled it deleted its row.</param>
    public async Task Settle(RawMessage message, bool rowIsGone, CancellationToken cancellation)
    {
        if (message.Delivery is { } delivery) delivery.IsSettled = true;
        if (!rowIsGone && message.IsStored) await Forget(message.Digest, cancellation);
        message.Delivery?.Done();
    }

    /// <summary>Rows stored before <paramref name="before"/> that are still there, oldest first: left by a crash, or waiting for earlier messages.</summary>
    public async Task<IReadOnlyList<RawMessage>> Leftovers(DateTimeOffset before, int atMost, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select digest, counterpart, body, received_at from exchange.inbox_raw where received_at < $1 order by received_at limit $2");
        command.Parameters.Add(new() { Value = before.UtcDateTime });
        command.Parameters.Add(new() { Value = atMost });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<RawMessage>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(new(reader.GetFieldValue<byte[]>(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<DateTimeOffset>(3)));
        return rows;
    }

    private async Task Forget(byte[] digest, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("delete from exchange.inbox_raw where digest = $1");
        command.Parameters.Add(new() { Value = digest });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<bool> Store(List<RawMessage> batch, CancellationToken stopping)
    {
        try
        {
            await using var prepared = await PreparedCommand.Open(
                database, Insert, stopping,
                Column(NpgsqlDbType.Bytea, batch.ConvertAll(m => m.Digest).ToArray()),
                Column(NpgsqlDbType.Text, batch.ConvertAll(m => m.Counterpart).ToArray()),
                Column(NpgsqlDbType.Bytea, batch.ConvertAll(m => m.Body).ToArray()),
                Column(NpgsqlDbType.TimestampTz, batch.ConvertAll(m => m.ReceivedAt).ToArray()));
            await prepared.Command.ExecuteNonQueryAsync(stopping);
            return true;
        }
        catch (NpgsqlException e) when (e.IsTransient)
        {
            return false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Not the database being away: the deliveries go back, and the broker's limit sets a poisonous one aside. One by one, so that it goes alone.
            if (batch.Count == 1)
            {
                batch[0].Delivery!.Failed(e);
                batch.Clear();
                return true;
            }

            foreach (var one in batch.ToArray())
            {
                var single = new List<RawMessage> { one };
                while (!await Store(single, stopping)) await Task.Delay(Pause, clock, stopping);
                if (single.Count == 0) batch.Remove(one);
            }

            return true;
        }
    }

    private DateTimeOffset Now() => new(clock.GetUtcNow().UtcTicks / 10 * 10, TimeSpan.Zero); // as the column keeps it

    private static NpgsqlParameter Column(NpgsqlDbType type, object values) => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}

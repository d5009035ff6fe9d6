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
public sealed record RawMessage(byte[] Digest, string Counterpart, byte[] Body, DateTimeOffset ReceivedAt);

/// <summary>
/// Stores what arrives and only then lets the broker forget it. Deliveries that arrive together share one INSERT; the same bytes twice are one row.
/// What is stored goes on to <paramref name="verify"/>; a row that nobody finished (a crash) is found again by <see cref="Leftovers"/>.
/// </summary>
public sealed class Inbox(NpgsqlDataSource database, Quarantine quarantine, Func<RawMessage, ValueTask> verify, TimeProvider clock)
{
    private const int Most = 256;
    private const string Insert =
        "insert into exchange.inbox_raw (digest, counterpart, body, received_at) select * from unnest($1, $2, $3, $4) on conflict (digest) do nothing";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Channel<Waiting> _arrived = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(4 * Most) { SingleReader = true });

    /// <summary>Completes when the bytes are durable. While the database is away it waits, so the broker keeps what we cannot.</summary>
    public async Task Take(string counterpart, byte[] body, CancellationToken stopping)
    {
        var message = new RawMessage(SHA256.HashData(body), counterpart, body, Now());
        if (body.Length > SealedMessage.MaxBytes)
        {
            await quarantine.Add(message, 1, "too-large", stopping, keepBody: false);
            return;
        }

        var waiting = new Waiting(message, new(TaskCreationOptions.RunContinuationsAsynchronously));
        await _arrived.Writer.WriteAsync(waiting, stopping);
        await waiting.Stored.Task.WaitAsync(stopping);
    }

    /// <summary>Stores what arrives until stopped.</summary>
    public async Task Run(CancellationToken stopping)
    {
        var batch = new List<Waiting>(Most);
        var begun = clock.GetTimestamp();
        while (await _arrived.Reader.WaitToReadAsync(stopping))
        {
            if (Pace.After(batch.Count) - clock.GetElapsedTime(begun) is var rest && rest > TimeSpan.Zero) await Task.Delay(rest, clock, stopping);
            begun = clock.GetTimestamp();
            batch.Clear();
            while (batch.Count < Most && _arrived.Reader.TryRead(out var next)) batch.Add(next);
            while (!await Store(batch, stopping)) await Task.Delay(Pause, clock, stopping);
            foreach (var one in batch) one.Stored.TrySetResult();
            foreach (var one in batch) await verify(one.Message);
        }
    }

    /// <summary>Forgets a raw message that has no effect of its own: a repeat.</summary>
    public async Task Settle(byte[] digest, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("delete from exchange.inbox_raw where digest = $1");
        command.Parameters.Add(new() { Value = digest });
        await command.ExecuteNonQueryAsync(cancellation);
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

    private async Task<bool> Store(List<Waiting> batch, CancellationToken stopping)
    {
        try
        {
            await using var prepared = await PreparedCommand.Open(
                database, Insert, stopping,
                Column(NpgsqlDbType.Bytea, batch.ConvertAll(w => w.Message.Digest).ToArray()),
                Column(NpgsqlDbType.Text, batch.ConvertAll(w => w.Message.Counterpart).ToArray()),
                Column(NpgsqlDbType.Bytea, batch.ConvertAll(w => w.Message.Body).ToArray()),
                Column(NpgsqlDbType.TimestampTz, batch.ConvertAll(w => w.Message.ReceivedAt).ToArray()));
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
                batch[0].Stored.TrySetException(e);
                batch.Clear();
                return true;
            }

            foreach (var one in batch.ToArray())
            {
                var single = new List<Waiting> { one };
                while (!await Store(single, stopping)) await Task.Delay(Pause, clock, stopping);
                if (single.Count == 0) batch.Remove(one);
            }

            return true;
        }
    }

    private DateTimeOffset Now() => new(clock.GetUtcNow().UtcTicks / 10 * 10, TimeSpan.Zero); // as the column keeps it

    private static NpgsqlParameter Column(NpgsqlDbType type, object values) => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type };

    private sealed record Waiting(RawMessage Message, TaskCompletionSource Stored);
}

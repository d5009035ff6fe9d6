using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Benchmarks.Exchange;

/// <summary>Where the bare path stores: each text with a commit of its own over a connection of the station's, or what waits meanwhile together over one connection of the side's.</summary>
internal abstract class BareStore : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _insert;

    private BareStore(NpgsqlConnection connection, string sql, params NpgsqlDbType[] types)
    {
        (_connection, _insert) = (connection, new(sql, connection));
        foreach (var type in types) _insert.Parameters.Add(new() { NpgsqlDbType = type });
    }

    /// <summary>Returns when the text is durable.</summary>
    public abstract Task Store(Guid thread, byte[] text);

    public virtual async ValueTask DisposeAsync()
    {
        await _insert.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task Write(params object[] values)
    {
        for (var i = 0; i < values.Length; i++) _insert.Parameters[i].Value = values[i];
        await _insert.PrepareAsync();
        await _insert.ExecuteNonQueryAsync();
    }

    /// <summary>One prepared insert and one commit for each text; one caller at a time.</summary>
    internal sealed class OneByOne(NpgsqlConnection connection)
        : BareStore(connection, "insert into public.bare (id, thread, body) values ($1, $2, $3)", NpgsqlDbType.Uuid, NpgsqlDbType.Uuid, NpgsqlDbType.Bytea)
    {
        public override Task Store(Guid thread, byte[] text) => Write(Guid.CreateVersion7(), thread, text);
    }

    /// <summary>One prepared insert and one commit for all that came while the last was under way.</summary>
    internal sealed class Batched : BareStore
    {
        private const int Most = 256;
        private readonly Channel<(Guid Thread, byte[] Text, TaskCompletionSource Stored)> _waiting = Channel.CreateUnbounded<(Guid, byte[], TaskCompletionSource)>();
        private readonly Task _writing;

        public Batched(NpgsqlConnection connection)
            : base(connection, "insert into public.bare (id, thread, body) select * from unnest($1, $2, $3)", Array(NpgsqlDbType.Uuid), Array(NpgsqlDbType.Uuid), Array(NpgsqlDbType.Bytea)) =>
            _writing = Task.Run(Run);

        public override Task Store(Guid thread, byte[] text)
        {
            var stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Writer.TryWrite((thread, text, stored));
            return stored.Task;
        }

        public override async ValueTask DisposeAsync()
        {
            _waiting.Writer.Complete();
            await _writing;
            await base.DisposeAsync();
        }

        private async Task Run()
        {
            var batch = new List<(Guid Thread, byte[] Text, TaskCompletionSource Stored)>(Most);
            while (await _waiting.Reader.WaitToReadAsync())
            {
                batch.Clear();
                while (batch.Count < Most && _waiting.Reader.TryRead(out var next)) batch.Add(next);
                try
                {
                    await Write(batch.ConvertAll(_ => Guid.CreateVersion7()).ToArray(), batch.ConvertAll(one => one.Thread).ToArray(), batch.ConvertAll(one => one.Text).ToArray());
                    batch.ForEach(one => one.Stored.SetResult());
                }
                catch (Exception failure)
                {
                    batch.ForEach(one => one.Stored.TrySetException(failure));
                }
            }
        }

        private static NpgsqlDbType Array(NpgsqlDbType of) => NpgsqlDbType.Array | of;
    }
}

using System.Runtime.ExceptionServices;
using JasperFx;
using JasperFx.Events;
using Marten;
using Marten.Events.Archiving;
using Marten.Exceptions;
using MlatExchange.Domain;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Storage;
using Npgsql;
using NpgsqlTypes;
using IEventStore = MlatExchange.Node.Storage.IEventStore;

namespace MlatExchange.Marten;

/// <summary>
/// The second driver: sessions of Marten on the same tables. A group is one unit of work and one transaction. Marten tells a lost race by an exception that does
/// not say what was found, so the cause is read back after the rollback; where nothing stands in the way any more, the group is tried again.
/// </summary>
/// <param name="database">Pool of the everyday role.</param>
/// <param name="bell">Rung after each commit.</param>
public sealed class MartenEventStore(NpgsqlDataSource database, LogBell bell) : IEventStore, IAsyncDisposable
{
    private const int Attempts = 6;
    private readonly HashSet<string> others = new(StringComparer.Ordinal);
    private readonly List<DocumentStore> stores = [NodeTables.Open(database, [])];
    private readonly Lock gate = new();

    private DocumentStore Store
    {
        get
        {
            lock (gate)
                return stores[^1];
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredEvent>> Load(string stream, CancellationToken cancellationToken = default) => Query(
        events => events.Where(e => e.StreamKey == stream && e.MaybeArchived()).OrderBy(e => e.Version),
        "stream_id = $1", new() { Value = stream, NpgsqlDbType = NpgsqlDbType.Varchar }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredEvent>> Read(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default)
    {
        var wanted = ids as Guid[] ?? [.. ids];
        return Query(
            events => events.Where(e => e.Id.IsOneOf(wanted) && e.MaybeArchived()).OrderBy(e => e.Sequence),
            "id = any($1)", new() { Value = wanted, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid }, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>A cancelled or failed call may have been written all the same: repeat it with the same ids and be told so.</remarks>
    public async Task<AppendOutcome> Append(Append append, CancellationToken cancellationToken = default)
    {
        AppendCommand.Check(append);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var written = await Save(append, cancellationToken);
                bell.RingAppended();
                return written;
            }
            catch (Exception e) when (Lost(e))
            {
                if (await AppendObstacle.Find(database, append, cancellationToken) is { } outcome)
                    return outcome;
                if (attempt == Attempts)
                    throw;
                await Task.Delay(Random.Shared.Next(1, 4 << attempt), cancellationToken);
            }
            catch (MartenCommandException e) when (e.InnerException is NpgsqlException server)
            {
                ExceptionDispatchInfo.Throw(server); // the same exception as from the other driver, and without the command in its text
            }
        }
    }

    /// <summary>Closes the stores, not the pool.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var store in stores)
            await store.DisposeAsync();
    }

    private async Task<AppendOutcome> Save(Append append, CancellationToken cancellationToken)
    {
        await using var session = Store.LightweightSession();
        // Set in every case: left alone they would be the ids of the current trace.
        (session.CorrelationId, session.CausationId, session.LastModifiedBy) = (append.Correlation, append.Causation, append.User);
        var actions = new Dictionary<string, StreamAction>(append.Streams.Count, StringComparer.Ordinal);
        // Locked in one order, so that groups over several streams do not wait for each other in a ring.
        foreach (var (stream, expected, events) in append.Streams.OrderBy(s => s.Stream, StringComparer.Ordinal))
            actions[stream] = Add(session, stream, expected, events);
        // One command each: Marten has no type for an array of byte strings.
        foreach (var (reference, key, ciphertext) in append.Vault)
            session.QueueSqlCommand("insert into vault.entries (reference, key_id, ciphertext) values (?, ?, ?)", reference, key, ciphertext);
        foreach (var digest in append.SettledInbox)
            session.QueueSqlCommand("delete from exchange.inbox_raw where digest = ?", digest);
        if (!bell.SequencerIsHere)
            session.QueueSqlCommand($"notify {LogChannels.Appended}");
        await session.SaveChangesAsync(cancellationToken);
        return new AppendOutcome.Appended(
            [.. append.Streams.Select(s => s.ExpectedVersion + s.Events.Count)],
            [.. append.Streams.SelectMany(s => actions[s.Stream].Events).Select(e => e.Sequence)]);
    }

    private static StreamAction Add(IDocumentSession session, string stream, long expected, IReadOnlyList<NewEvent> events)
    {
        var bodies = new object[events.Count];
        for (var i = 0; i < bodies.Length; i++)
        {
            bodies[i] = new Event<EventText>(new(events[i].Data))
            {
                Id = events[i].Id,
                Headers = events[i].Headers.IsEmpty ? null : new HeaderText(events[i].Headers),
            };
        }
        var action = session.Events.Append(stream, expected + events.Count, bodies); // Marten's number is the version after the append
        for (var i = 0; i < bodies.Length; i++)
            (action.Events[i].EventTypeName, action.Events[i].DotNetTypeName) = (events[i].Type, ""); // the alias alone says what an event is
        return action;
    }

    private static bool Lost(Exception e) => e is ConcurrencyException or InvalidStreamOperationException
        || e is MartenCommandException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } };

    private async Task<IReadOnlyList<StoredEvent>> Query(
        Func<IQueryable<IEvent>, IQueryable<IEvent>> choose, string where, NpgsqlParameter parameter, CancellationToken cancellationToken)
    {
        while (true)
        {
            var store = Store;
            try
            {
                await using var session = store.QuerySession();
                var found = await choose(session.Events.QueryAllRawEvents()).ToListAsync(cancellationToken);
                return [.. found.Select(Stored)];
            }
            catch (Exception e) when (e is UnknownEventTypeException or InvalidCastException or EventDeserializationFailureException)
            {
                // A newer build wrote an alias that this one does not know, or a hand did: it is loaded as it stands, and whoever folds the stream decides.
                if (!Learn(store, await Aliases(where, parameter.Clone(), cancellationToken)))
                    throw;
            }
        }
    }

    private async Task<List<string>> Aliases(string where, NpgsqlParameter parameter, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select distinct type from es.mt_events where {where}");
        command.Parameters.Add(parameter);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var aliases = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            aliases.Add(reader.GetString(0));
        return aliases;
    }

    // Marten remembers an alias it did not find as not found, so learning one means opening the tables anew. True where that was done since the store was taken.
    private bool Learn(DocumentStore taken, List<string> aliases)
    {
        lock (gate)
        {
            aliases.RemoveAll(EventNames.Domain.Values.Select(name => name.Name).Contains);
            var known = others.Count;
            others.UnionWith(aliases);
            if (others.Count > known)
                stores.Add(NodeTables.Open(database, others));
            return stores[^1] != taken;
        }
    }

    private static StoredEvent Stored(IEvent e) => new(
        e.Id, e.StreamKey!, e.Version, e.Sequence, e.EventTypeName, e.Timestamp, ((EventText)e.Data).Json, e.Headers is HeaderText headers ? headers.Json : default,
        e.UserName, e.CorrelationId, e.CausationId);
}

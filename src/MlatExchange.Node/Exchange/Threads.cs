using System.Collections.Concurrent;
using MlatExchange.Domain.Threads;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Exchange;

/// <summary>A thread as loaded, or as it will be once what was decided on it is appended.</summary>
/// <param name="Id">Wire id.</param>
/// <param name="Version">Number of events in its stream.</param>
public sealed record LoadedThread(string Id, ThreadHistory History, long Version)
{
    public static string StreamOf(string id) => "thread-" + id;

    public string Stream => StreamOf(Id);

    /// <summary>The newest places, as the next message names them.</summary>
    public ThreadHeads Heads => new(LinkOf(History.Own), LinkOf(History.Other));

    public LoadedThread Then(Guid eventId, ThreadEvent happened) => new(Id, History.Evolve(eventId, happened), Version + 1);

    private static Link? LinkOf(ThreadPlace? place) => place is null ? null : new(place.Seq, Digest.Parse(place.Digest));
}

/// <summary>
/// Loads threads and remembers those in use. What is remembered may be old when another process wrote: the append's expected version finds that out,
/// and whoever meets a conflict calls <see cref="Forget"/> and decides again.
/// </summary>
public sealed class Threads(IEventStore store, Recorder recorder)
{
    private const int Most = 8192;
    private readonly ConcurrentDictionary<string, LoadedThread> _known = new(StringComparer.Ordinal);

    public async ValueTask<LoadedThread> Load(string id, CancellationToken cancellation)
    {
        if (_known.TryGetValue(id, out var known)) return known;
        var events = await store.Load(LoadedThread.StreamOf(id), cancellation);
        var loaded = new LoadedThread(id, ThreadHistory.Empty, 0);
        foreach (var stored in events)
        {
            loaded = recorder.Read(stored) is ThreadEvent happened
                ? loaded.Then(stored.Id, happened)
                : throw new InvalidOperationException($"A thread holds an event of the unknown type {stored.Type}.");
        }

        Keep(loaded);
        return loaded;
    }

    /// <summary>
    /// The same for a message that claims to open the thread: one not in use is taken to be new, without a look. Where it is not, the append finds another
    /// version than expected, and the message is judged again.
    /// </summary>
    public ValueTask<LoadedThread> LoadOrOpen(string id, bool opening, CancellationToken cancellation) =>
        opening && !_known.ContainsKey(id) ? new(new LoadedThread(id, ThreadHistory.Empty, 0)) : Load(id, cancellation);

    /// <summary>After an append: the state it made.</summary>
    public void Keep(LoadedThread thread)
    {
        if (_known.Count >= Most) _known.Clear(); // read again in a millisecond; the plainest bound does
        _known.AddOrUpdate(thread.Id, thread, (_, old) => old.Version >= thread.Version ? old : thread);
    }

    public void Forget(string id) => _known.TryRemove(id, out _);
}

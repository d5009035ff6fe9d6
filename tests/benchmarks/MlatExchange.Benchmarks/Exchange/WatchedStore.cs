using System.Collections.Concurrent;
using MlatExchange.Node.Storage;

namespace MlatExchange.Benchmarks.Exchange;

/// <summary>The event store of a node, and who waits for a receipt: told when the acceptance of one is durable, no sooner.</summary>
internal sealed class WatchedStore(IEventStore store) : IEventStore
{
    private const string Accept = "thread.message-accepted.v1";
    private readonly ConcurrentDictionary<string, TaskCompletionSource<bool>> _waiting = new(StringComparer.Ordinal);

    /// <summary>Completes when the next received message is in the stream: true for an accepted delivery receipt, else false. Asked before anything is sent.</summary>
    public Task<bool> Delivered(string stream) =>
        _waiting.GetOrAdd(stream, _ => new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public Task<IReadOnlyList<StoredEvent>> Load(string stream, CancellationToken cancellationToken = default) => store.Load(stream, cancellationToken);

    public Task<IReadOnlyList<StoredEvent>> Read(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default) => store.Read(ids, cancellationToken);

    public async Task<AppendOutcome> Append(Append append, CancellationToken cancellationToken = default)
    {
        var outcome = await store.Append(append, cancellationToken);
        if (outcome is not AppendOutcome.Appended) return outcome;
        foreach (var stream in append.Streams)
        {
            foreach (var happened in stream.Events)
            {
                if (happened.Type is Accept or "thread.message-refused.v1" && _waiting.TryRemove(stream.Stream, out var waiting))
                    waiting.TrySetResult(happened.Type is Accept && happened.Data.Span.IndexOf("\"delivery\""u8) >= 0); // "non-delivery" has no quote before it
            }
        }

        return outcome;
    }
}

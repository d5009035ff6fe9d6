using System.Collections.Concurrent;
using MlatExchange.Protocol.Verification;

namespace MlatExchange.Node.Exchange;

/// <summary>
/// Messages that came before earlier ones of their thread. They stay as raw rows, so nothing is lost with this list; it only lets them go on at once when the gap
/// closes. Crossing on the way is normal, so a gap is noted and asked about only when it is still there after a moment.
/// </summary>
/// <param name="again">Takes a message through opening and judging once more.</param>
public sealed class Waitlist(Func<RawMessage, ValueTask> again, TimeProvider clock)
{
    private const int Most = 4096;
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<(string Thread, long Seq), (RawMessage Raw, OpenedMessage Opened)> _waiting = new();

    /// <summary>Puts a message in line; true when it has waited a moment already and the gap is to be noted.</summary>
    public bool MustBeNoted(RawMessage raw, OpenedMessage opened)
    {
        var core = opened.Core!;
        if (_waiting.TryGetValue((core.Thread, core.Seq), out var there) && there.Opened.Digest == opened.Digest)
            return clock.GetUtcNow() - raw.ReceivedAt >= Moment;
        if (_waiting.Count < Most) _waiting[(core.Thread, core.Seq)] = (raw, opened);
        _ = LookAgain(raw);
        return false;
    }

    /// <summary>The message that comes next in its thread, if it waits here.</summary>
    public (RawMessage, OpenedMessage)? Next(LoadedThread thread) =>
        _waiting.TryRemove((thread.Id, (thread.History.Other?.Seq ?? 0) + 1), out var next) ? next : null;

    /// <summary>Whether a raw message waits here.</summary>
    public bool Holds(RawMessage raw) => _waiting.Values.Any(waiting => waiting.Raw.Digest.AsSpan().SequenceEqual(raw.Digest));

    private async Task LookAgain(RawMessage raw)
    {
        await Task.Delay(Moment, clock);
        await again(raw);
    }
}

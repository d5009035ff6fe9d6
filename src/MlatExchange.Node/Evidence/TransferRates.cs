using System.Collections.Concurrent;

namespace MlatExchange.Node.Evidence;

/// <summary>How far the sealed bytes of one item are.</summary>
/// <param name="Received">Bytes here.</param>
/// <param name="Size">Bytes of the sealed item.</param>
/// <param name="Percent">With one decimal, cut off: 100 only when all is here.</param>
/// <param name="BytesPerSecond">Of the last seconds; null while nothing moves in this process.</param>
/// <param name="SecondsLeft">At that rate, rounded up; null where it is unknown.</param>
public sealed record ItemProgress(string Ref, long Received, long Size, double Percent, long? BytesPerSecond, long? SecondsLeft)
{
    /// <param name="rate">Bytes in a second; null while nothing moves.</param>
    public static ItemProgress Of(string item, long received, long size, double? rate) => new(
        item, received, size, Math.Floor(1000.0 * received / size) / 10,
        received < size && rate is { } known ? (long)known : null,
        received == size ? 0 : rate is >= 1 ? (long)Math.Ceiling((size - received) / rate.Value) : null);
}

/// <summary>The pace of items on the move in this process, over the last five to ten seconds. Nothing is stored: after a restart the pace is measured anew.</summary>
public sealed class TransferRates(TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<(string Transfer, string Item), Pace> paces = new();

    public void Moved(string transfer, string item, long received)
    {
        var now = clock.GetUtcNow();
        paces.AddOrUpdate((transfer, item), _ => new(now, received, now, received, now, received), (_, pace) => pace.At(now, received));
    }

    public void Ended(string transfer, string item) => paces.TryRemove((transfer, item), out _);

    /// <summary>Bytes in a second; null where nothing moved for a while.</summary>
    public double? Of(string transfer, string item)
    {
        if (!paces.TryGetValue((transfer, item), out var pace) || clock.GetUtcNow() - pace.Last > 2 * Window) return null;
        var seconds = (pace.Last - pace.Older).TotalSeconds;
        return seconds <= 0 ? null : (pace.LastBytes - pace.OlderBytes) / seconds;
    }

    /// <summary>Two marks, the newer at most one window old, and the newest state.</summary>
    private sealed record Pace(DateTimeOffset Older, long OlderBytes, DateTimeOffset Newer, long NewerBytes, DateTimeOffset Last, long LastBytes)
    {
        public Pace At(DateTimeOffset now, long received) => received < LastBytes || now - Last > 2 * Window
            ? new(now, received, now, received, now, received)
            : now - Newer < Window ? this with { Last = now, LastBytes = received }
            : new(Newer, NewerBytes, now, received, now, received);
    }
}

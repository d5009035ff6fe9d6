namespace MlatExchange.Node.Storage;

/// <summary>How fast a loop that commits what has come goes on: alone, work is committed at once; in a stream a moment's waiting lets many share one commit.</summary>
internal static class Pace
{
    /// <summary>Longest time from the start of one commit to the start of the next.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMilliseconds(20);

    /// <summary>Least time from the start of a commit to the start of the next: 2 ms for each piece beyond the first, at most <see cref="Most"/>.</summary>
    /// <param name="pieces">How many pieces of work the commit had.</param>
    public static TimeSpan After(int pieces) => TimeSpan.FromMilliseconds(Math.Clamp(2 * (pieces - 1), 0, Most.TotalMilliseconds));
}

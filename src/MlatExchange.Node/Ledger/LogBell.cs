namespace MlatExchange.Node.Ledger;

/// <summary>
/// Wakes what waits for the log inside this process: the sequencer when something was appended, readers when something was published. A ring is a hint,
/// never a fact: whoever wakes looks at the database, and looks there from time to time without a ring.
/// </summary>
public sealed class LogBell
{
    private TaskCompletionSource appended = Fresh();
    private TaskCompletionSource published = Fresh();

    /// <summary>What this process has itself written lately.</summary>
    public LogTail Tail { get; } = new();

    /// <summary>Whether this process holds the sequencer's lock, so that an append here needs no message to other processes.</summary>
    public bool SequencerIsHere { get; set; }

    /// <summary>Completes at the next append. Take it before looking at the database, so that no ring falls between the look and the wait.</summary>
    public Task NextAppended => Volatile.Read(ref appended).Task;

    /// <summary>Completes at the next publication; the same rule.</summary>
    public Task NextPublished => Volatile.Read(ref published).Task;

    /// <summary>Something was appended.</summary>
    public void RingAppended() => Ring(ref appended);

    /// <summary>Something was published.</summary>
    public void RingPublished() => Ring(ref published);

    /// <summary>Waits for one of the tasks above, at most that long; returns in every case, cancelled or not.</summary>
    public static async Task Wait(Task next, TimeSpan atMost, CancellationToken cancellationToken) =>
        await next.WaitAsync(atMost, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static void Ring(ref TaskCompletionSource bell) => Interlocked.Exchange(ref bell, Fresh()).TrySetResult();

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

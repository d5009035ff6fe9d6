namespace MlatExchange.Node.Ledger;

/// <summary>What this process's sequencer is doing.</summary>
public abstract record SequencerState
{
    private SequencerState() { }

    /// <summary>Not yet asked for the lock, or the database is not there.</summary>
    public sealed record Starting : SequencerState;

    /// <summary>Another process of the node leads.</summary>
    public sealed record Standby : SequencerState;

    /// <summary>This process leads.</summary>
    /// <param name="Size">Leaves integrated and published.</param>
    public sealed record Leading(long Size) : SequencerState;

    /// <summary>The log contradicts what was signed. Nothing is integrated or signed until an operator has looked: start the node again after that.</summary>
    /// <param name="Reason">One sentence without content of any event.</param>
    public sealed record Stopped(string Reason) : SequencerState;
}

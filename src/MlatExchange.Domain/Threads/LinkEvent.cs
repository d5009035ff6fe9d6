namespace MlatExchange.Domain.Threads;

/// <summary>What happens between two nodes as such.</summary>
public abstract record LinkEvent
{
    private LinkEvent() { }

    /// <summary>The broker has these messages on disk on their way to the recipient (relay acceptance, a local event that never travels). One event for many, in a stream of its own.</summary>
    /// <param name="Counterpart">Code of the recipient's jurisdiction.</param>
    /// <param name="Messages">Digests.</param>
    [EventName("link.relayed.v1", "disclosure")]
    public sealed record Relayed(string Counterpart, IReadOnlyList<string> Messages, DateTimeOffset At) : LinkEvent;
}

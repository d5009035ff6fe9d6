namespace MlatExchange.Domain.Retention;

/// <summary>
/// The end of one data key of the key store, and with it of everything sealed under it: in tables, their dead rows, the write-ahead log and backups. Stream
/// <c>erasure-{key id}</c>. The events hold the key's id and codes; they stay when what the key opened is gone.
/// </summary>
public abstract record KeyErasureEvent
{
    private KeyErasureEvent()
    {
    }

    /// <summary>Step 1, written before anything is destroyed, so that oversight can object in time.</summary>
    /// <param name="Key">Id of the data key: <c>case-…</c>, <c>transfer-…</c>, <c>day-…</c> or <c>thread-…</c>.</param>
    [EventName("erasure.ordered.v1", "erasure")]
    public sealed record KeyErasureOrdered(string Key, ErasureOrder Order, DateTimeOffset At) : KeyErasureEvent;

    /// <summary>Step 2: no process of the node opens anything under the key any more; a copy of its file may still be opened until the epoch ends.</summary>
    /// <param name="UnrecoverableFrom">End of the epoch whose key wraps the last copy, UTC.</param>
    [EventName("erasure.key-destroyed.v1", "erasure")]
    public sealed record DataKeyDestroyed(DateTimeOffset UnrecoverableFrom, DateTimeOffset At) : KeyErasureEvent;

    /// <summary>Step 3: the epoch's key is destroyed too. From <paramref name="At"/> on nothing opens what lay under the data key; the erasure is final.</summary>
    [EventName("erasure.final.v1", "erasure")]
    public sealed record ErasureFinal(DateTimeOffset At) : KeyErasureEvent;
}

/// <summary>How far the end of a data key has come.</summary>
public abstract record KeyErasure
{
    private KeyErasure()
    {
    }

    /// <summary>Before the first event.</summary>
    public static KeyErasure Initial { get; } = new NotOrdered();

    /// <summary>The state as lists show it, in kebab-case.</summary>
    public abstract string Name { get; }

    /// <summary>Name of the stream of the key <paramref name="keyId"/>.</summary>
    public static string StreamName(string keyId) => $"erasure-{keyId}";

    /// <summary>The state after one more event.</summary>
    /// <exception cref="InvalidOperationException">The event cannot follow: the stream was not written by this code.</exception>
    public static KeyErasure Evolve(KeyErasure state, KeyErasureEvent happened) => (state, happened) switch
    {
        (NotOrdered or Ordered or Final, KeyErasureEvent.KeyErasureOrdered e) => new Ordered(e.Key, e.Order),
        (Ordered s, KeyErasureEvent.DataKeyDestroyed e) => new Destroyed(s.Key, s.Order, e.UnrecoverableFrom),
        (Destroyed s, KeyErasureEvent.ErasureFinal e) => new Final(s.Key, s.Order, e.At),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot follow {state.GetType().Name}."),
    };

    /// <summary>What is to be done next. Each step may be done again after a crash: destroying what is gone is no error.</summary>
    public ErasureStep Next(DateTimeOffset now) => this switch
    {
        Ordered s when now < s.Order.NotBefore => new ErasureStep.Wait(s.Order.NotBefore),
        Ordered => new ErasureStep.DestroyKey(),
        Destroyed s when now < s.UnrecoverableFrom => new ErasureStep.Wait(s.UnrecoverableFrom),
        Destroyed => new ErasureStep.Complete(),
        _ => new ErasureStep.Done(),
    };

    /// <summary>No order.</summary>
    public sealed record NotOrdered : KeyErasure
    {
        public override string Name => "not-ordered";
    }

    /// <summary>Ordered; waits for its time.</summary>
    public sealed record Ordered(string Key, ErasureOrder Order) : KeyErasure
    {
        public override string Name => "ordered";
    }

    /// <summary>The data key is gone, the epoch's key may still be there.</summary>
    public sealed record Destroyed(string Key, ErasureOrder Order, DateTimeOffset UnrecoverableFrom) : KeyErasure
    {
        public override string Name => "key-destroyed";
    }

    /// <summary>Nothing opens it any more.</summary>
    public sealed record Final(string Key, ErasureOrder Order, DateTimeOffset At) : KeyErasure
    {
        public override string Name => "final";
    }
}

namespace MlatExchange.Domain.Retention;

/// <summary>Orders the end of a data key. A key that was made anew after its end (a message that came late) is ordered again.</summary>
public sealed record OrderKeyErasure(string Key, ErasureOrder Order, DateTimeOffset At)
{
    public Decision<KeyErasureEvent> Decide(KeyErasure erasure) => erasure switch
    {
        KeyErasure.Ordered s when s.Order.NotBefore <= Order.NotBefore => [],
        KeyErasure.Destroyed => [],
        _ => [new KeyErasureEvent.KeyErasureOrdered(Key, Order, At)],
    };
}

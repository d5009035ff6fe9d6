namespace MlatExchange.Domain.Retention;

/// <summary>Records that the data key is gone from the key store.</summary>
/// <param name="UnrecoverableFrom">End of the epoch whose key wraps the last copy, UTC.</param>
public sealed record RecordDataKeyDestroyed(DateTimeOffset UnrecoverableFrom, DateTimeOffset At)
{
    public Decision<KeyErasureEvent> Decide(KeyErasure erasure) => erasure switch
    {
        KeyErasure.Ordered s when At < s.Order.NotBefore => new NotPermitted(RetentionRules.TooEarly),
        KeyErasure.Ordered => [new KeyErasureEvent.DataKeyDestroyed(UnrecoverableFrom, At)],
        KeyErasure.NotOrdered => new NotPermitted(RetentionRules.OrderFirst),
        _ => [],
    };
}

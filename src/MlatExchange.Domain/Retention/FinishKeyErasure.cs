namespace MlatExchange.Domain.Retention;

/// <summary>Records that the epoch's key is destroyed as well. Said only after it is so: nothing may be called unrecoverable earlier than it is.</summary>
/// <param name="At">After the destruction of the epoch's key, UTC.</param>
public sealed record FinishKeyErasure(DateTimeOffset At)
{
    public Decision<KeyErasureEvent> Decide(KeyErasure erasure) => erasure switch
    {
        KeyErasure.Destroyed s when At < s.UnrecoverableFrom => new NotPermitted(RetentionRules.EpochStands),
        KeyErasure.Destroyed => [new KeyErasureEvent.ErasureFinal(At)],
        KeyErasure.Final => [],
        KeyErasure.NotOrdered => new NotPermitted(RetentionRules.OrderFirst),
        _ => new NotPermitted(RetentionRules.StepOutOfOrder),
    };
}

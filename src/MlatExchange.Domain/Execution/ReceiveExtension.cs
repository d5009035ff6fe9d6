namespace MlatExchange.Domain.Execution;

/// <summary>
/// Takes in the sender's word that what is preserved is to be preserved longer (EEV 11(1)). The instrument grants it or not: nobody decides. One that comes too late, twice, or
/// that the instrument does not know is a legal no, recorded with its ground; the answer says how each item stands.
/// </summary>
/// <param name="MessageDigest">Digest of the message; the same digest again changes nothing.</param>
/// <param name="Days">As the sender says it.</param>
/// <param name="Time">As in <see cref="ReportPreservation"/>.</param>
public sealed record ReceiveExtension(string MessageDigest, IReadOnlyList<string> Items, int Days, PreservationTime? Time, DateTimeOffset At)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state) => PreservationWord.Take(
        state, MessageDigest, Items, Time, At,
        preservation => Time?.Days is not { } allowed ? PreservationDenial.NotForeseen
            : Days != allowed ? PreservationDenial.OtherLength
            : preservation.ExtendedAt is not null ? PreservationDenial.ExtendedBefore
            : null,
        new ExecutionEvent.PreservationExtended(MessageDigest, Items, Time?.Extended, At));
}

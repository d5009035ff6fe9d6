namespace MlatExchange.Domain.Execution;

/// <summary>
/// Takes in the sender's word that production of what is preserved was asked for (EEV 11(1), Annex V; BC 29(7)): from here on it is kept until it is produced. Too late, when
/// the data were let go, it is a legal no.
/// </summary>
/// <param name="MessageDigest">Digest of the message; the same digest again changes nothing.</param>
/// <param name="Production">Digest of the act that asks for production; null where the sender does not name it.</param>
/// <param name="Time">As in <see cref="ReportPreservation"/>.</param>
public sealed record ReceiveProductionFollows(string MessageDigest, string? Production, IReadOnlyList<string> Items, PreservationTime? Time, DateTimeOffset At)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state) =>
        PreservationWord.Take(state, MessageDigest, Items, Time, At, _ => null, new ExecutionEvent.ProductionAnnounced(MessageDigest, Production, Items, At));
}

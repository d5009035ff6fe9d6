namespace MlatExchange.Domain.Oversight;

/// <summary>The log was compared with the counterpart's lists: once for each list, and once for each period.</summary>
/// <param name="List">Event that accepted the list; null for the report of a period.</param>
/// <param name="Report">Digest of the signed report.</param>
public sealed record CompareRecords(string Counterpart, DateTimeOffset From, DateTimeOffset To, Guid? List, RecordComparison Found, string Report, DateTimeOffset At)
{
    public Decision<ReconciliationEvent> Decide(Reconciliation state) => (List is { } list ? state.Compared.Contains(list) : state.ReportedTo >= To)
        ? []
        :
        [
            new ReconciliationEvent.RecordsCompared(
                Counterpart, From, To, List, Found.Matched, Found.Count(RecordDifferenceKind.OnlyHere), Found.Count(RecordDifferenceKind.OnlyThere), Found.Count(RecordDifferenceKind.Differing),
                Found.Count(RecordDifferenceKind.Late), Found.Uncovered.Count, Report, At),
        ];
}

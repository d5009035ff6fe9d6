namespace MlatExchange.Domain.Oversight;

/// <summary>Lists of a period are signed for the counterpart: once when the period ended, as an answer unless the same was said just now, and whenever an operator asks.</summary>
/// <param name="Lists">Messages it takes.</param>
/// <param name="Entries">Records in them.</param>
public sealed record ListRecords(string Counterpart, DateTimeOffset From, DateTimeOffset To, int Lists, int Entries, ReconciliationOccasion Occasion, DateTimeOffset At)
{
    public Decision<ReconciliationEvent> Decide(Reconciliation state) => IsSaid(state)
        ? []
        : [new ReconciliationEvent.RecordsListed(Counterpart, From, To, Lists, Entries, Occasion, At)];

    /// <summary>Whether nothing needs to be sent.</summary>
    public bool IsSaid(Reconciliation state)
    {
        var recent = state.Recent.Where(period => At - period.At <= Reconciliation.AnswersOnceIn).ToList();
        return Occasion switch
        {
            ReconciliationOccasion.Period => state.ListedTo >= To,
            ReconciliationOccasion.Answer => recent.Count >= Reconciliation.MostAnswers || recent.Any(period => period.From <= From && To <= period.To),
            _ => false,
        };
    }
}

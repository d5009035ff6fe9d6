using MlatExchange.Domain.Deadlines;

namespace MlatExchange.Domain.Execution;

/// <summary>What a received request comes to by itself as time passes: terms that end unmet are recorded, so that both the officials and oversight see them.</summary>
public static class ReceivedTimer
{
    /// <summary>The earliest instant at which a term ends that was not met; null while none will.</summary>
    public static DateTimeOffset? Next(ReceivedRequest state, DeadlineTables tables) => state is not ReceivedRequest.InHand s ? null
        : ReceivedTerms.Of(state, tables)
            .Where(term => term.Met is null && !s.Dossier.EndedTerms.Contains(term.Deadline.Rule.Id))
            .Min(term => term.Deadline.Due?.AddMilliseconds(1));

    /// <summary>Every term that is over at <paramref name="now"/> and was not recorded.</summary>
    public static Decision<ExecutionEvent> Fire(ReceivedRequest state, DeadlineTables tables, DateTimeOffset now)
    {
        var over = ReceivedTerms.Of(state, tables).Where(term => term.IsOver(now)).ToList();
        List<ExecutionEvent> events = [.. over.SelectMany(term => new EndTerm(term.Deadline.Rule.Id, term.Deadline.Rule.Source, term.Deadline.Due!.Value, now).Decide(state))];
        // What is preserved is let go when its time is over.
        if (state is ReceivedRequest.InHand { Dossier: { Own.Expires.Rule: var rule, Preservation.Running: { Count: > 0 } running } } && over.Exists(term => term.Deadline.Rule.Source == rule))
            events.Add(new ExecutionEvent.PreservationEnded(PreservationStatus.Expired, running, now));
        return [.. events];
    }
}

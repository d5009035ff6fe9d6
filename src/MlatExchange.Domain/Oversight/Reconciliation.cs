using System.Collections.Immutable;

namespace MlatExchange.Domain.Oversight;

/// <summary>Why lists were sent or compared.</summary>
public enum ReconciliationOccasion
{
    /// <summary>The period ended.</summary>
    Period,

    /// <summary>An operator asked for it.</summary>
    Demand,

    /// <summary>The other side sent a list.</summary>
    Answer,
}

/// <summary>The comparison of two logs, counterpart by counterpart. Stream <c>reconciliation-{code}</c>.</summary>
public abstract record ReconciliationEvent
{
    private ReconciliationEvent()
    {
    }

    public static string StreamName(string counterpart) => $"reconciliation-{counterpart.ToLowerInvariant()}";

    /// <summary>Lists of what this node signed and accepted in a period were signed for the counterpart.</summary>
    /// <param name="Counterpart">Code of its jurisdiction.</param>
    /// <param name="From">Start of the period, inclusive, by the records' own instants.</param>
    /// <param name="To">End, exclusive.</param>
    /// <param name="Lists">Messages it took.</param>
    /// <param name="Entries">Records in them.</param>
    [EventName("reconciliation.records-listed.v1", "disclosure")]
    public sealed record RecordsListed(string Counterpart, DateTimeOffset From, DateTimeOffset To, int Lists, int Entries, ReconciliationOccasion Occasion, DateTimeOffset At) : ReconciliationEvent;

    /// <summary>This log was compared with the counterpart's lists, and a signed report says what was found; it lies in the vault.</summary>
    /// <param name="List">Event that accepted the list compared; null for the report of a period.</param>
    /// <param name="Matched">Messages that stand in both logs with the same record.</param>
    /// <param name="Late">On one side only, and perhaps still on their way.</param>
    /// <param name="Uncovered">Parts of the period that no list covers.</param>
    /// <param name="Report">Digest of the signed report.</param>
    [EventName("reconciliation.records-compared.v1", "combination")]
    public sealed record RecordsCompared(
        string Counterpart, DateTimeOffset From, DateTimeOffset To, Guid? List, int Matched, int OnlyHere, int OnlyThere, int Differing, int Late, int Uncovered, string Report, DateTimeOffset At)
        : ReconciliationEvent;
}

/// <summary>A period for which lists were signed.</summary>
public sealed record ListedPeriod(DateTimeOffset From, DateTimeOffset To, DateTimeOffset At);

/// <summary>How far the comparison with one counterpart has come.</summary>
/// <param name="ListedTo">End of the last period listed by its turn; null before the first.</param>
/// <param name="ReportedTo">End of the last period reported.</param>
/// <param name="Recent">Periods listed within <see cref="AnswersOnceIn"/> of the newest.</param>
/// <param name="Compared">Lists of the other side that were compared.</param>
public sealed record Reconciliation(DateTimeOffset? ListedTo, DateTimeOffset? ReportedTo, ImmutableList<ListedPeriod> Recent, ImmutableHashSet<Guid> Compared)
{
    /// <summary>A list is answered unless its period was listed within this time: two nodes that answer each other come to rest.</summary>
    public static readonly TimeSpan AnswersOnceIn = TimeSpan.FromHours(1);

    /// <summary>Answers a counterpart gets in that time at most, however many lists it sends.</summary>
    public const int MostAnswers = 24;

    public static readonly Reconciliation Initial = new(null, null, [], []);

    public static Reconciliation Evolve(Reconciliation state, ReconciliationEvent happened) => happened switch
    {
        ReconciliationEvent.RecordsListed e => state with
        {
            ListedTo = e.Occasion == ReconciliationOccasion.Period ? e.To : state.ListedTo,
            Recent = state.Recent.RemoveAll(period => e.At - period.At > AnswersOnceIn).Add(new(e.From, e.To, e.At)),
        },
        ReconciliationEvent.RecordsCompared { List: { } list } => state with { Compared = state.Compared.Add(list) },
        ReconciliationEvent.RecordsCompared e => state with { ReportedTo = e.To },
        _ => throw new InvalidOperationException("An event of a reconciliation without a meaning here: a mistake in the code."),
    };
}

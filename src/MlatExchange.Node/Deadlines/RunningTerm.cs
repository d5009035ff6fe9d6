using MlatExchange.Domain.Deadlines;

namespace MlatExchange.Node.Deadlines;

/// <summary>A term as views show it: what it is, when it ends, how it stands and the sentence that says why.</summary>
/// <param name="Term">Id in the table of deadlines.</param>
/// <param name="Rule">Article, such as <c>EEV 10(3)</c>.</param>
/// <param name="Delay">What the executing side said of it; null where it said nothing.</param>
/// <param name="Due">Null while the clock has not started or stands still.</param>
public sealed record RunningTerm(string Term, string Rule, int? Days, int? Hours, DateTimeOffset? Due, DeadlineStanding Standing, string Sentence, AnnouncedDelay? Delay = null)
{
    public static IReadOnlyList<RunningTerm> Of(IReadOnlyList<CaseTerm> terms, DateTimeOffset now, string language) => [.. terms.Select(term =>
    {
        var (deadline, rule) = (term.Deadline, term.Deadline.Rule);
        return new RunningTerm(
            rule.Id, rule.Source,
            rule.Unit switch { DeadlineUnit.Days => deadline.Amount, DeadlineUnit.Weeks => 7 * deadline.Amount, _ => null },
            rule.Unit == DeadlineUnit.Hours ? deadline.Amount : null,
            deadline.Due, deadline.At(now, term.Met), DeadlineSentence.Of(term, language, now),
            term.Delay is { } delay ? new(delay.Ground, delay.Until, delay.At) : null);
    })];
}

/// <param name="Ground">Code of the reason.</param>
/// <param name="Until">By when the executing side expects to be done.</param>
public sealed record AnnouncedDelay(string Ground, DateTimeOffset? Until, DateTimeOffset AnnouncedAt);

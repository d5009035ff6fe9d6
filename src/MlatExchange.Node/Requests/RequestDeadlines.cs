using System.Globalization;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;

namespace MlatExchange.Node.Requests;

/// <summary>A term that runs, with the instant it ends and the sentence that says why.</summary>
/// <param name="Due">Null while the event that starts the clock has not happened.</param>
public sealed record RunningTerm(string Rule, int? Days, int? Hours, DateTimeOffset? Due, string Sentence);

/// <summary>The terms of a sent request: the executing side's deadline and preservation run from delivery, the validation watch from sending. Calendar days and plain hours, UTC.</summary>
public static class RequestDeadlines
{
    public static IReadOnlyList<RunningTerm> Of(AssessmentSummary? assessment, Dispatch? dispatch)
    {
        if (assessment is null) return [];
        var delivered = dispatch?.Receipts.FirstOrDefault(receipt => receipt.Receipt == ReceiptKind.Delivery)?.At;
        var terms = new List<RunningTerm>();
        if (assessment.Deadline is { } deadline) terms.Add(Run(deadline, delivered, "delivery", "The executing side answers"));
        if (assessment.Expires is { } expires) terms.Add(Run(expires, delivered, "delivery", "The preservation lasts at least"));
        if (assessment.Watch is { } watch && dispatch?.Validation is null) terms.Add(Run(watch, dispatch?.SentAt, "sending", "The validation must come"));
        return terms;
    }

    public static RunningTerm Run(Term term, DateTimeOffset? start, string startEvent, string duty)
    {
        var due = term.Hours is { } hours ? start?.AddHours(hours) : start?.AddDays(term.Days ?? 0);
        var length = term.Hours is not null ? $"{term.Hours} hours" : $"{term.Days} days";
        var until = due is null ? $"the clock starts with {startEvent}" : $"until {due.Value.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, counted from {startEvent}";
        return new(term.Rule, term.Days, term.Hours, due, $"{duty} within {length} ({term.Rule}): {until}.");
    }
}

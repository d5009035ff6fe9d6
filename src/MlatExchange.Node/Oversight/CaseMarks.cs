using System.Text.Json.Serialization;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Ledger;

namespace MlatExchange.Node.Oversight;

/// <summary>What oversight looks for in the case behind a transfer.</summary>
/// <param name="Minors">A person of the request is declared to be a minor.</param>
/// <param name="SpecialCategories">An item asks for special categories of personal data (LED Article 10).</param>
/// <param name="Emergency">The request says emergency (EEV 3(18)).</param>
/// <param name="Overridden">A named official set a finding of the rules aside, on either side as far as this one knows.</param>
/// <param name="Divergent">The two sides' assessments differ; null at the requesting side, which does not learn it.</param>
/// <param name="RefusalGrounds">Grounds on which items were refused or put off, or an objection rests.</param>
/// <param name="Onward">Onward transfer was planned, asked for or made.</param>
/// <param name="Incident">Something offered, stored or released was found to be wrong, or the other side objected.</param>
public sealed record CaseMarks(
    bool Minors, bool SpecialCategories, bool Emergency, bool Overridden, bool? Divergent, IReadOnlyList<string> RefusalGrounds, bool Onward, bool Incident)
{
    /// <summary>Nothing known.</summary>
    public static CaseMarks None { get; } = new(false, false, false, false, null, [], false, false);

    /// <summary>With what the transfer itself told before.</summary>
    internal CaseMarks With(CaseMarks transfer) => this with { Onward = Onward || transfer.Onward, Incident = Incident || transfer.Incident };

    /// <summary>The text as codes for the index of codes.</summary>
    [JsonIgnore]
    internal IEnumerable<string> Codes => RefusalGrounds.Select(ground => $"ground:{ground}");

    internal CaseMarks Of(RequestFacts facts) => this with
    {
        Minors = facts.Persons.Any(person => person.Minor),
        SpecialCategories = facts.Items.Any(item => item.SpecialCategory),
        Emergency = facts.Urgency.Kind == "emergency",
        Onward = facts.OnwardTransfer is not null,
    };

    internal CaseMarks Refused(IEnumerable<string?> grounds) =>
        this with { RefusalGrounds = [.. RefusalGrounds.Concat(grounds.OfType<string>()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] };
}

/// <summary>A case as oversight may know it, folded from the log.</summary>
/// <param name="Stream">Its stream on this node; not given out.</param>
/// <param name="Pseudonym">Id of its first event: random, and the same for all of its transfers on this side.</param>
/// <param name="Thread">Wire id of its thread.</param>
internal sealed record OversightCase(string Stream, Guid Pseudonym, string? Thread, CaseMarks Marks)
{
    /// <summary>Streams of cases.</summary>
    public static bool IsCase(string stream) => stream.StartsWith("request-", StringComparison.Ordinal) || stream.StartsWith("received-", StringComparison.Ordinal);

    /// <summary>Events that change what is known; all others need not be opened.</summary>
    public static bool Matters(string kind) => kind is "request.drafted.v1" or "request.revised.v1" or "request.finding-overridden.v1" or "request.decision-received.v1" or "request.objected.v1"
        or "received.received.v1" or "received.assessed.v1" or "received.finding-overridden.v1" or "received.decided.v1" or "received.objected.v1";

    public static OversightCase After(OversightCase? known, LogEntry entry, object? happened)
    {
        var before = known ?? new(entry.Event.Stream, entry.Event.Id, null, CaseMarks.None);
        var marks = before.Marks;
        return happened switch
        {
            RequestEvent.Drafted e => before with { Thread = e.Thread, Marks = marks.Of(e.Facts) },
            RequestEvent.Revised e => before with { Marks = marks.Of(e.Facts) },
            RequestEvent.FindingOverridden or ExecutionEvent.FindingOverridden => before with { Marks = marks with { Overridden = true } },
            RequestEvent.DecisionReceived e => before with { Marks = marks.Refused(e.Items.Select(item => item.Ground)) },
            RequestEvent.Objected e => before with { Marks = marks.Refused([e.Ground]) with { Incident = true } },
            ExecutionEvent.Received e => before with { Thread = e.Thread, Marks = marks.Of(e.Facts) with { Overridden = e.Stated.Overrides.Count > 0 } },
            ExecutionEvent.Assessed e => before with { Marks = marks with { Divergent = !e.Comparison.Agreement } },
            ExecutionEvent.Decided e => before with { Marks = marks.Refused(e.Items.Select(item => item.Ground)) },
            ExecutionEvent.Objected e => before with { Marks = marks.Refused([e.Ground]) with { Incident = true } },
            _ => before,
        };
    }
}

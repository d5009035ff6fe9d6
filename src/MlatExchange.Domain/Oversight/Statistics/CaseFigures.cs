using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Requests;

namespace MlatExchange.Domain.Oversight.Statistics;

/// <summary>What must be remembered of a case to count what follows in it. Codes and instants only.</summary>
/// <param name="Side"><c>sent</c> or <c>received</c>.</param>
/// <param name="Items">Data category of each item asked for, and the category of its person, by the item's reference.</param>
/// <param name="Began">When it was sent or received; null before.</param>
/// <param name="Mode">How the act is validated.</param>
/// <param name="Notify">Whether the rules say that the enforcing authority is to be notified.</param>
public sealed record CaseFigures(
    string Side, string Instrument, string Counterpart, bool Emergency, IReadOnlyDictionary<string, CaseItem> Items, string Pack = "", DateTimeOffset? Began = null, ValidationMode Mode = ValidationMode.None,
    bool Notify = false, bool Acknowledged = false, bool Decided = false, bool Fulfilled = false, IReadOnlyList<string>? Refused = null, bool Production = false)
{
    private static readonly IReadOnlyList<Figure> Nothing = [];

    /// <summary>The case after one more event, and what the event is counted as.</summary>
    /// <param name="before">Null before the first event.</param>
    /// <param name="at">Time in the leaf.</param>
    public static (CaseFigures? After, IReadOnlyList<Figure> Counted) Count(CaseFigures? before, object? happened, DateTimeOffset at) => (before, happened) switch
    {
        (null, RequestEvent.Drafted e) => (Of("sent", e.Facts, e.Facts.Addressee.Jurisdiction), Nothing),
        (null, ExecutionEvent.Received e) => Of("received", e.Facts, e.Sender).With(e.Stated.PackDigest, e.Validation).Begin(at),
        (null, _) => (null, Nothing),
        ({ } c, RequestEvent.Revised e) => (Of("sent", e.Facts, e.Facts.Addressee.Jurisdiction), Nothing),
        ({ } c, RequestEvent.Assessed e) => (c with { Pack = e.Assessment.PackDigest, Notify = e.Assessment.NotifyEnforcingAuthority == true }, Nothing),
        ({ } c, RequestEvent.TransmissionApproved e) => (c with { Mode = e.Act.Validation }, Nothing),
        ({ } c, RequestEvent.Sent) => c.Begin(at),
        ({ } c, RequestEvent.Validated e) => c.Validated(e.Outcome, at),
        ({ } c, RequestEvent.Acknowledged) => c.Acknowledge(at),
        ({ } c, RequestEvent.DecisionReceived e) => c.Decide(e.Items, at),
        ({ } c, RequestEvent.OfferReceived) => c.Fulfil(at),
        ({ } c, RequestEvent.ProductionAnnounced) => c.Announce(at),
        ({ } c, RequestEvent.FindingOverridden e) => (c, [c.One("overrides", e.Rule)]),
        ({ } c, RequestEvent.Objected e) => (c, [c.One("refusals", e.Ground)]),
        ({ } c, RequestEvent.TermEnded e) => (c, [c.One("terms-missed", e.Term)]),
        ({ } c, ExecutionEvent.Assessed e) => c.Assess(e),
        ({ } c, ExecutionEvent.ValidationReceived e) => c.Validated(e.Outcome, null),
        ({ } c, ExecutionEvent.Acknowledged) => c.Acknowledge(at),
        ({ } c, ExecutionEvent.Decided e) => c.Decide(e.Items, at),
        ({ } c, ExecutionEvent.OfferMade) => c.Fulfil(at),
        ({ } c, ExecutionEvent.ProductionAnnounced) => c.Announce(at),
        ({ } c, ExecutionEvent.FindingOverridden e) => (c, [c.One("overrides", e.Rule)]),
        ({ } c, ExecutionEvent.Objected e) => (c, [c.One("refusals", e.Ground)]),
        ({ } c, ExecutionEvent.TermEnded e) => (c, [c.One("terms-missed", e.Term)]),
        _ => (before, Nothing),
    };

    /// <summary>The key of a measure of this side of the case.</summary>
    public FigureKey Key(string measure, string code = "") => new($"{Side}-{measure}", Instrument, Counterpart, Emergency, Pack, code);

    private static CaseFigures Of(string side, RequestFacts facts, string counterpart)
    {
        var people = facts.Persons.ToDictionary(person => person.Ref, person => person.Category, StringComparer.Ordinal);
        return new(
            side, facts.Instrument, counterpart, facts.Urgency.Kind == Codes.Emergency,
            facts.Items.ToDictionary(item => item.Ref, item => new CaseItem(item.DataCategory, item.Person is { } person && people.TryGetValue(person, out var category) ? category : "unknown"), StringComparer.Ordinal));
    }

    private CaseFigures With(string pack, ValidationMode mode) => this with { Pack = pack, Mode = mode };

    private (CaseFigures, IReadOnlyList<Figure>) Begin(DateTimeOffset at)
    {
        if (Began is not null) return (this, Nothing);
        List<Figure> counted = [One("requests")];
        if (Mode == ValidationMode.Within48Hours) counted.Add(One("emergency-derogations"));
        if (Notify) counted.Add(One("notifications"));
        foreach (var item in Items.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            counted.Add(One("items", item.Value.DataCategory));
            counted.Add(One("item-persons", item.Value.SubjectCategory));
        }
        return (this with { Began = at }, counted);
    }

    // EEV 28(2)(i): the validation that should have followed an order issued without it.
    private (CaseFigures, IReadOnlyList<Figure>) Validated(ValidationOutcome outcome, DateTimeOffset? at)
    {
        if (Began is not { } began || Mode != ValidationMode.Within48Hours) return (this, Nothing);
        List<Figure> counted = [];
        if (at is { } said) counted.Add(Time("request-to-validation", said - began));
        if (outcome == ValidationOutcome.Refused) counted.Add(One("validations-not-granted"));
        return (this, counted);
    }

    private (CaseFigures, IReadOnlyList<Figure>) Assess(ExecutionEvent.Assessed e)
    {
        var next = this with { Pack = e.Assessment.PackDigest, Notify = Notify || e.Assessment.NotifyEnforcingAuthority == true };
        List<Figure> counted = [];
        if (next.Notify && !Notify) counted.Add(next.One("notifications"));
        if (!e.Comparison.Agreement) counted.Add(next.One("divergences"));
        return (next, counted);
    }

    private (CaseFigures, IReadOnlyList<Figure>) Acknowledge(DateTimeOffset at) =>
        Acknowledged || Began is not { } began ? (this, Nothing) : (this with { Acknowledged = true }, [Time("request-to-acknowledgement", at - began)]);

    private (CaseFigures, IReadOnlyList<Figure>) Decide(IReadOnlyList<ItemDecision> items, DateTimeOffset at)
    {
        List<Figure> counted = [.. items.Where(item => item.Outcome == ItemOutcome.Refused).Select(item => One("refusals", item.Ground ?? "unknown"))];
        if (!Decided && Began is { } began) counted.Add(Time("request-to-decision", at - began));
        var refused = (Refused ?? []).Except(items.Select(item => item.Ref), StringComparer.Ordinal).Concat(items.Where(item => item.Outcome == ItemOutcome.Refused).Select(item => item.Ref)).Order(StringComparer.Ordinal).ToList();
        var (all, before) = (Items.Keys.All(refused.Contains), Refused is { } said && Items.Keys.All(said.Contains));
        if (all && !before && !Fulfilled) counted.Add(One("not-fulfilled"));
        return (this with { Decided = true, Refused = refused }, counted);
    }

    private (CaseFigures, IReadOnlyList<Figure>) Fulfil(DateTimeOffset at) =>
        Fulfilled || Began is not { } began ? (this, Nothing) : (this with { Fulfilled = true }, [One("fulfilled"), Time("request-to-data", at - began)]);

    private (CaseFigures, IReadOnlyList<Figure>) Announce(DateTimeOffset at) =>
        Production || Began is not { } began ? (this, Nothing) : (this with { Production = true }, [Time("preservation-to-production", at - began)]);

    private Figure One(string measure, string code = "") => new(Key(measure, code));

    private Figure Time(string measure, TimeSpan took) => new(Key(measure), took);
}

/// <summary>An item asked for, in codes.</summary>
public sealed record CaseItem(string DataCategory, string SubjectCategory);

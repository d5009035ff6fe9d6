using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

/// <summary>Facts and a rule pack in, findings out; the same on both sides, and the same whenever it is run again.</summary>
public static class PackAssessment
{
    private const string NotApplicable = "not-applicable";

    /// <summary>Applies every rule of the pack in the pack's order and says of each what it came to, passes included.</summary>
    /// <exception cref="ArgumentException">The pack is for another instrument: the caller chose it, so that is a bug and not an answer.</exception>
    public static AssessmentResult Assess(RequestFacts facts, RulePack pack, AssessmentContext context)
    {
        if (facts.Instrument != pack.Instrument)
            throw new ArgumentException("this rule pack is for another instrument", nameof(pack));
        ItemFacts[] items = [.. facts.Items];
        PersonFacts[] persons = [.. facts.Persons];
        var memory = PackMemory.Of(pack);
        var findings = new Finding[pack.Rules.Count];
        var outcome = Outcome.Pass;
        var watch = false;
        bool? notify = null;
        string? branch = null, dualCriminality = null;
        for (var i = 0; i < findings.Length; i++)
        {
            var question = new Question(facts, items, persons, pack, pack.Rules[i], context, memory);
            var applies = question.Rule.Scope is null || AnyCovered(question);
            var verdict = applies ? question.Rule.Kind.Apply(question) : question.Rule.Kind.Idle;
            var finding = findings[i] = applies ? Put(question, i, verdict) : Idle(question, i);
            outcome = finding.Outcome > outcome ? finding.Outcome : outcome;
            watch |= verdict.Watch;
            notify ??= verdict.Notify;
            branch ??= verdict.Branch;
            dualCriminality ??= verdict.DualCriminality;
        }

        return new(
            outcome, pack.Name, pack.Digest, CanonicalFacts.Digest(facts), findings,
            Asks(items, Codes.Produce) ? Deadline(facts, pack, notify) : null,
            notify, branch, dualCriminality,
            watch ? pack.Terms.Watch : null,
            Asks(items, Codes.Preserve) ? pack.Terms.Expires : null);
    }

    private static Finding Idle(in Question question, int index)
    {
        var rule = question.Rule;
        return question.Memory.Recall(index, NotApplicable, null, question.Language) ?? question.Memory.Keep(
            index, NotApplicable, null, question.Language,
            new(rule.Slug, Outcome.Pass, rule.Source, Name(rule.Certainty), Sentences.NotApplicable(question.Language), [], []));
    }

    /// <summary>Passes that read nothing, or facts of a closed set, and name no item and no value are the same for every request.</summary>
    private static Finding Put(in Question question, int index, in Verdict verdict)
    {
        var facts = verdict.Facts as FixedFacts;
        if (verdict is not { Truth: Truth.True, Source: null, Certainty: null, Items.Count: 0, Values.Count: 0 } || (facts is null && verdict.Facts.Count > 0))
            return Made(question, verdict);
        return question.Memory.Recall(index, verdict.Variant, facts, question.Language)
            ?? question.Memory.Keep(index, verdict.Variant, facts, question.Language, Made(question, verdict));
    }

    private static Finding Made(in Question question, in Verdict verdict)
    {
        var rule = question.Rule;
        var outcome = verdict.Truth switch
        {
            Truth.True => Outcome.Pass,
            Truth.Unknown => Outcome.Flag,
            _ => question.Context.Side == Side.Requesting ? rule.OnFailure : rule.OnFailureRequested,
        };
        var certainty = verdict.Certainty is { } less && less > rule.Certainty ? less : rule.Certainty;
        return new(
            rule.Slug, outcome, verdict.Source ?? rule.Source, Name(certainty),
            rule.Sentences.Of(verdict.Variant, question.Language).Fill(verdict.Values),
            verdict.Facts, verdict.Items, verdict.Truth == Truth.False ? rule.Cure : null);
    }

    private static bool AnyCovered(in Question question)
    {
        foreach (var item in question.Items)
        {
            if (question.Covers(item))
                return true;
        }

        return false;
    }

    private static bool Asks(ItemFacts[] items, string measure)
    {
        foreach (var item in items)
        {
            if (item.Measure == measure)
                return true;
        }

        return false;
    }

    private static Term? Deadline(RequestFacts facts, RulePack pack, bool? notify)
    {
        foreach (var deadline in pack.Terms.Deadlines)
        {
            var counts = deadline.When switch
            {
                DeadlineMoment.Emergency => Question.IsEmergency(facts, pack),
                DeadlineMoment.Notified => notify == true,
                DeadlineMoment.NotNotified => notify == false,
                _ => true,
            };
            if (counts)
                return deadline.Term;
        }

        return null;
    }

    private static string Name(Certainty certainty) => certainty switch { Certainty.V => "V", Certainty.V2 => "V2", _ => "M" };
}

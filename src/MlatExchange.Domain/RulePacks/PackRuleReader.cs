using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

/// <summary>Reads one rule of a pack: what all kinds have in common.</summary>
internal static class PackRuleReader
{
    private static readonly HashSet<string> Failures = ["flag", "block"];
    private static readonly HashSet<string> Certainties = ["V", "V2", "M"];

    /// <summary>Null when the rule could not be read; the faults say why.</summary>
    public static PackRule? Read(StrictObject o)
    {
        var slug = o.Formed("slug", Form.Slug);
        var source = o.Formed("source", Form.Printed(60));
        var certainty = Certainty(o);
        var failure = Failure(o.Code("onFailure", Failures));
        var atRequested = o.OptionalCode("onFailureAtRequested", Failures) is { } milder ? Failure(milder) : failure;
        var cure = o.OptionalFormed("cure", Form.Slug);
        var scope = Scope(o);
        var kind = RuleKindReader.Read(o);
        var sentences = kind is null ? null : SentencesReader.Read(o, kind, certainty);
        if (kind is null)
        {
            o.Raw("sentence");
            return null;
        }

        if (kind.NeedsScope && scope is null)
            o.Fault("items", "missing-member", "A rule of this kind says which items it is about.");
        return new(slug, kind, source, certainty, failure, atRequested, scope, cure, sentences!);
    }

    public static Certainty Certainty(StrictObject o) => o.Code("certainty", Certainties) switch
    {
        "M" => RulePacks.Certainty.M,
        "V2" => RulePacks.Certainty.V2,
        _ => RulePacks.Certainty.V,
    };

    private static Outcome Failure(string code) => code == "block" ? Outcome.Block : Outcome.Flag;

    private static ItemScope? Scope(StrictObject rule)
    {
        if (rule.OptionalObject("items") is not { } o)
            return null;
        var categories = o.Codes("categories", 20, Codes.DataCategories);
        var measures = o.Codes("measures", 2, Codes.Measures);
        o.Close();
        return new(categories.Count > 0 ? categories : [.. Codes.DataCategories], measures.Count > 0 ? measures : [.. Codes.Measures]);
    }
}

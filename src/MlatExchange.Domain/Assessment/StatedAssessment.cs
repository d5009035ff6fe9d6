using System.Text.Json;

namespace MlatExchange.Domain.Assessment;

/// <summary>
/// What a request act says of its own assessment (member <c>assessment</c>): enough for the other side to see whether it agrees, without
/// sentences, which are language, and without facts, which the act carries anyway.
/// </summary>
/// <param name="RulePack">Id and version, such as <c>eev@1</c>.</param>
/// <param name="Findings">Every rule that was applied, in the order of the pack.</param>
/// <param name="Overrides">Slugs of the flags an official has overridden with reasons.</param>
public sealed record StatedAssessment(
    string RulePack,
    string PackDigest,
    string InputsDigest,
    Outcome Outcome,
    IReadOnlyList<StatedFinding> Findings,
    IReadOnlyList<string> Overrides)
{
    /// <summary>What to sign of a result.</summary>
    public static StatedAssessment Of(AssessmentResult result, IReadOnlyList<string> overrides) => new(
        result.RulePack, result.PackDigest, result.InputsDigest, result.Outcome,
        [.. result.Findings.Select(f => new StatedFinding(f.Rule, f.Outcome, f.Items))], overrides);

    /// <summary>Reads the member strictly: every member must stand there and no other; codes of outcomes are <c>pass</c>, <c>flag</c>, <c>block</c>.</summary>
    /// <param name="pointer">Where it stands in the document it came from, such as <c>/assessment</c>.</param>
    public static Reading<StatedAssessment> Read(JsonElement assessment, string pointer = "")
    {
        var faults = new List<MemberFault>();
        var root = new StrictObject(assessment, pointer, faults, complete: true);
        if (!root.Present)
            return new(null, faults);
        var findings = new List<StatedFinding>();
        foreach (var o in root.Objects("findings", 1, 200))
        {
            findings.Add(new(o.Formed("rule", Form.Slug), OutcomeOf(o), o.Texts("items", FactsSections.MostItems, 32)));
            o.Close();
        }

        var read = new StatedAssessment(
            root.Formed("rulePack", Form.PackName), root.Formed("packDigest", Form.Digest), root.Formed("inputsDigest", Form.Digest),
            OutcomeOf(root), findings, root.Texts("overrides", 200, 64));
        root.Close();
        return faults.Count > 0 ? new(null, faults) : new(read, faults);
    }

    /// <summary>The code of an outcome.</summary>
    public static string Code(Outcome outcome) => outcome switch { Outcome.Pass => "pass", Outcome.Flag => "flag", _ => "block" };

    private static readonly HashSet<string> Outcomes = ["pass", "flag", "block"];

    private static Outcome OutcomeOf(StrictObject o) => o.Code("outcome", Outcomes) switch
    {
        "pass" => Outcome.Pass,
        "flag" => Outcome.Flag,
        _ => Outcome.Block,
    };
}

/// <summary>One rule and what it came to, as signed.</summary>
public sealed record StatedFinding(string Rule, Outcome Outcome, IReadOnlyList<string> Items);

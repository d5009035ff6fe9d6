using System.Text.Json.Nodes;
using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Forms;

/// <summary>What a form asks and no official enters: it follows from the request and the rules it was signed under. Member <c>computed</c> of a <see cref="FormDossier"/>.</summary>
public static class FormAnswers
{
    private const string MeasureFact = "/measure=";

    /// <param name="result">The rules applied to the request; null where no pack is there, and then nothing is computed.</param>
    public static JsonObject Of(RequestFacts facts, AssessmentResult? result) => result is null ? [] : new()
    {
        ["deadlineCode"] = facts.Items.Any(item => item.Measure == Codes.Produce) ? Deadline(facts, result) : null,
        ["deadline"] = Written(result.Deadline),
        ["expires"] = Written(result.Expires),
        ["enforcingAuthority"] = result.NotifyEnforcingAuthority switch { true => "enforcing-authority-notified", false => "enforcing-authority-not-notified", null => null },
        ["caseWithoutValidation"] = result.Watch is not null,
        ["branch"] = result.Branch,
        ["dualCriminality"] = result.DualCriminality,
        ["measures"] = new JsonArray([.. Measures(result).Select(code => (JsonNode)code)]),
        ["outcome"] = StatedAssessment.Code(result.Outcome),
        ["rulePack"] = $"{result.RulePack} {result.PackDigest}",
    };

    /// <summary>The codes of EPOC section C (EEV 10).</summary>
    private static string Deadline(RequestFacts facts, AssessmentResult result) => result.Deadline?.Hours is not null && facts.Urgency is { Kind: Codes.Emergency, Threat: { } threat }
        ? threat.ToUpperInvariant().Replace('-', '_')
        : result.NotifyEnforcingAuthority == true ? "AT_THE_END_OF_TEN_DAYS" : "AS_SOON_AS_POSSIBLE";

    private static JsonObject? Written(Term? term) => term is null ? null : new()
    {
        ["rule"] = term.Rule,
        ["amount"] = term.Hours ?? term.Days ?? 0,
        ["unit"] = term.Hours is null ? "unit-days" : "unit-hours",
    };

    /// <summary>The measures of EIO Annex A, section C, as the rule that looks for them read the items.</summary>
    private static IEnumerable<string> Measures(AssessmentResult result) => result.Findings.SelectMany(finding => finding.Facts)
        .Where(fact => fact.StartsWith("items/", StringComparison.Ordinal) && fact.Contains(MeasureFact, StringComparison.Ordinal))
        .SelectMany(fact => fact[(fact.IndexOf(MeasureFact, StringComparison.Ordinal) + MeasureFact.Length)..].Split('+'))
        .Where(code => code is not (Codes.Produce or Codes.Preserve)).Distinct(StringComparer.Ordinal);
}

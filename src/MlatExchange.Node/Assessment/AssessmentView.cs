using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;

namespace MlatExchange.Node.Assessment;

/// <summary>An assessment as the API shows it; [M] facts carry the words that counsel has yet to confirm them.</summary>
public static class AssessmentView
{
    public static JsonElement Of(AssessmentResult result) => JsonSerializer.SerializeToElement(new
    {
        Outcome = result.Outcome,
        result.RulePack,
        result.PackDigest,
        result.InputsDigest,
        Findings = result.Findings.Select(finding => new
        {
            finding.Rule,
            finding.Outcome,
            finding.Source,
            finding.Certainty,
            ToBeConfirmedByCounsel = finding.Certainty == "M",
            finding.Sentence,
            finding.Facts,
            finding.Items,
            finding.Cure,
        }),
        result.Deadline,
        result.NotifyEnforcingAuthority,
        result.Branch,
        result.DualCriminality,
        result.Watch,
        result.Expires,
    }, EventJson.Options);
}

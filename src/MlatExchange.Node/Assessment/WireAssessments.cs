using MlatExchange.Domain.Assessment;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Assessment;

/// <summary>An assessment as an act states it.</summary>
public static class WireAssessments
{
    public static WireAssessment Of(StatedAssessment stated) => new(
        stated.RulePack, Digest.Parse(stated.PackDigest), Digest.Parse(stated.InputsDigest), StatedAssessment.Code(stated.Outcome),
        [.. stated.Findings.Select(finding => new WireFinding(finding.Rule, StatedAssessment.Code(finding.Outcome), finding.Items))],
        stated.Overrides);
}

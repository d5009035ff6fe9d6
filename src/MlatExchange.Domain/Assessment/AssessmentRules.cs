namespace MlatExchange.Domain.Assessment;

/// <summary>Rules about assessments that hold on both sides.</summary>
public static class AssessmentRules
{
    public static readonly Rule AssessmentFirst = new("assessment-first", "The current version must be assessed against the rules first.", "design");

    public static readonly Rule NoSuchFlag = new("no-such-flag", "Only a flag that the assessment raised can be overridden.", "design");

    public static readonly Rule BlockNotOverridable = new("block-not-overridable", "A block cannot be overridden: the instrument does not allow what is asked.", "design");

    public static readonly Rule FlagsOpen = new("flags-open", "Every flag must first be overridden by a named official with a reason, or the request made narrower.", "design");

    public static readonly Rule BlockStands = new("block-stands", "A block stands that nothing here cures.", "design");

    /// <summary>Why <paramref name="rule"/> cannot be set aside; null when it can.</summary>
    public static Rule? AgainstOverriding(AssessmentSummary assessment, string rule)
    {
        var outcomes = assessment.Findings.Where(finding => finding.Rule == rule).Select(finding => finding.Outcome).ToList();
        if (outcomes.Contains(Outcome.Block)) return BlockNotOverridable;
        return outcomes.Contains(Outcome.Flag) ? null : NoSuchFlag;
    }
}

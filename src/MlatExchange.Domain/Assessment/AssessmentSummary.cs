using System.Text.Json.Serialization;

namespace MlatExchange.Domain.Assessment;

/// <summary>
/// What an event keeps of an assessment: codes and digests. The sentences are left out on purpose: pack and facts are pinned by digest, so they can
/// be made again word for word.
/// </summary>
/// <param name="Findings">Every rule that was applied, in the order of the pack.</param>
/// <param name="Watch">Term in which something must still happen, such as the validation within 48 hours of EEV 4(5).</param>
public sealed record AssessmentSummary(
    Outcome Outcome,
    string RulePack,
    string PackDigest,
    string InputsDigest,
    IReadOnlyList<FindingSummary> Findings,
    Term? Deadline = null,
    bool? NotifyEnforcingAuthority = null,
    string? Branch = null,
    Term? Watch = null,
    Term? Expires = null)
{
    /// <summary>The codes of <paramref name="result"/>.</summary>
    public static AssessmentSummary Of(AssessmentResult result) => new(
        result.Outcome,
        result.RulePack,
        result.PackDigest,
        result.InputsDigest,
        [.. result.Findings.Select(finding => new FindingSummary(finding.Rule, finding.Outcome, finding.Source, finding.Items, finding.Cure))],
        result.Deadline,
        result.NotifyEnforcingAuthority,
        result.Branch,
        result.Watch,
        result.Expires);

    /// <summary>Findings that block and that a validation by a judge would not cure (EEV 4(2)): with one of these nothing may leave.</summary>
    [JsonIgnore]
    public IEnumerable<FindingSummary> IncurableBlocks => Findings.Where(finding => finding is { Outcome: Outcome.Block, CuredByValidation: false });

    /// <summary>Rules that flag and are not among <paramref name="overrides"/>.</summary>
    public IEnumerable<string> OpenFlags(IReadOnlyList<string> overrides) =>
        Findings.Where(finding => finding.Outcome == Outcome.Flag && !overrides.Contains(finding.Rule)).Select(finding => finding.Rule).Distinct();

    /// <summary>What a request act says of it.</summary>
    /// <param name="overrides">Slugs of the flags set aside.</param>
    public StatedAssessment Stated(IReadOnlyList<string> overrides) => new(
        RulePack,
        PackDigest,
        InputsDigest,
        Outcome,
        [.. Findings.Select(finding => new StatedFinding(finding.Rule, finding.Outcome, finding.Items))],
        [.. overrides.Order(StringComparer.Ordinal)]);

    /// <summary>The same rules read the same facts.</summary>
    public bool SameRun(AssessmentSummary other) => PackDigest == other.PackDigest && InputsDigest == other.InputsDigest;
}

/// <summary>A finding as codes.</summary>
/// <param name="Rule">Slug of the rule in its pack.</param>
/// <param name="Source">Article, such as <c>EEV 4(2)</c>.</param>
/// <param name="Items">References of the items concerned; empty when the request as a whole.</param>
/// <param name="Cure">Code of what would cure it, such as <c>validation-by-judge</c>.</param>
public sealed record FindingSummary(string Rule, Outcome Outcome, string Source, IReadOnlyList<string> Items, string? Cure = null)
{
    /// <summary>A second signature by the competent authority would make it pass.</summary>
    [JsonIgnore]
    public bool CuredByValidation => Cure?.StartsWith("validation-by-", StringComparison.Ordinal) == true;

    /// <summary>Whether it stands in the way of the item.</summary>
    public bool Concerns(string item) => Items.Count == 0 || Items.Contains(item);
}
